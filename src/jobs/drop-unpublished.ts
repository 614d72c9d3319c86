import { and, isNull, type SQL } from "drizzle-orm";
import type { Db } from "../db/client.ts";
import { outbox } from "../db/schema/outbox.ts";

/** Messages that were never sent need not be sent once their steps are done, held, ended or dispatched anew. */
export async function dropUnpublished(tx: Db, of: SQL): Promise<void> {
  await tx.delete(outbox).where(and(of, isNull(outbox.publishedAt)));
}
