import type { Pool, PoolClient } from "pg";
import { inTransaction } from "../../kit/database.ts";
import type { NewMessage } from "../entities.ts";
import { rememberKeys } from "./deduplicate.ts";
import { insertMessages } from "./insert-messages.ts";

/** A message to be published, with its deduplication key if it has one. */
export interface Publication extends NewMessage {
  readonly deduplicationKey: string | undefined;
}

/** What is answered for one message: the id of the first with its key. */
export interface Published {
  readonly messageId: string;
  readonly deduplicated: boolean;
}

/** Takes messages in, all or none, but for those that are duplicates. The answers are in their order. */
export async function publishMessages(
  pool: Pool,
  publications: readonly Publication[],
  nowMs: number,
): Promise<Published[]> {
  return inTransaction(pool, (client) => publishWithin(client, publications, nowMs));
}

/** The same as a part of a transaction. */
export async function publishWithin(
  client: PoolClient,
  publications: readonly Publication[],
  nowMs: number,
): Promise<Published[]> {
  const firsts = await rememberKeys(client, publications, nowMs);
  const published = publications.map(({ messageId, deduplicationKey }) => {
    const first = deduplicationKey === undefined ? messageId : (firsts.get(deduplicationKey) ?? messageId);
    return { messageId: first, deduplicated: first !== messageId };
  });
  const fresh = publications.filter((_, index) => !published[index]?.deduplicated);
  await insertMessages(client, fresh, nowMs);
  return published;
}
