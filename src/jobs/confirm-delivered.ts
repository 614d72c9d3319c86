import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "../db/client.ts";
import { outbox } from "../db/schema/outbox.ts";

/**
 * Confirms the message that is being delivered, where its sender has not come to it, or died before it could: at the
 * step's end a message that is not confirmed counts as never sent, and is dropped. Called before any lock of money:
 * senders confirm many messages in one statement.
 */
export async function confirmDelivered(
  tx: Db,
  outboxId: string,
  messageId: string,
  now: Date,
): Promise<void> {
  await tx
    .update(outbox)
    .set({ publishedAt: now, messageId })
    .where(and(eq(outbox.id, outboxId), isNull(outbox.publishedAt)));
}
