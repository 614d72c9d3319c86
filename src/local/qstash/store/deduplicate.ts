import { createHash } from "node:crypto";
import type { PoolClient } from "pg";
import { z } from "zod";
import type { MessageSpec } from "../entities.ts";

/** How long a key is remembered: ten minutes by the public documentation. */
const windowMs = 600_000;

/** A message that is to be sent only if its key is new. */
export interface Keyed {
  readonly messageId: string;
  readonly deduplicationKey: string | undefined;
}

const rowSchema = z.object({ key: z.string(), message_id: z.string() });

/**
 * Remembers the keys of messages. A message whose key is known, from before or from another of the list, is
 * a duplicate. Two transactions with one key wait for each other, so that one of them is the first.
 * @returns for each key the id of its first message
 */
export async function rememberKeys(
  client: PoolClient,
  messages: readonly Keyed[],
  nowMs: number,
): Promise<ReadonlyMap<string, string>> {
  const first = new Map<string, string>();
  for (const { deduplicationKey, messageId } of messages) {
    if (deduplicationKey !== undefined && !first.has(deduplicationKey))
      first.set(deduplicationKey, messageId);
  }
  if (first.size === 0) return first;
  const keys = [...first.keys()].sort();
  const { rows } = await client.query({
    name: "qstash-deduplicate",
    text: `
      INSERT INTO qstash.deduplication AS known (key, message_id, expires_ms)
      SELECT key, message_id, $3 FROM unnest($1::text[], $2::text[]) AS given(key, message_id)
      ON CONFLICT (key) DO UPDATE SET
        message_id = CASE WHEN known.expires_ms <= $4 THEN excluded.message_id ELSE known.message_id END,
        expires_ms = CASE WHEN known.expires_ms <= $4 THEN excluded.expires_ms ELSE known.expires_ms END
      RETURNING key, message_id`,
    values: [keys, keys.map((key) => first.get(key)), nowMs + windowMs, nowMs],
  });
  return new Map(
    z
      .array(rowSchema)
      .parse(rows)
      .map((row) => [row.key, row.message_id]),
  );
}

/** The key that a caller gave; each endpoint of a URL group has its own. */
export function idKey(deduplicationId: string, spec: MessageSpec): string {
  return spec.topicName === undefined ? `id:${deduplicationId}` : `id:${deduplicationId}:${spec.url}`;
}

/** The key of the content: destination, body, content type and forwarded headers. */
export function contentKey(spec: MessageSpec, body: Buffer): string {
  const hash = createHash("sha256");
  const header = Object.entries(spec.header).sort(([a], [b]) => (a < b ? -1 : 1));
  hash.update(JSON.stringify([spec.url, header])).update(body);
  return `content:${hash.digest("hex")}`;
}
