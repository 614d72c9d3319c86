import type { Pool } from "pg";
import { inTransaction } from "../../kit/database.ts";
import { newMessageId } from "../delivery/message-id.ts";
import type { MessageSpec } from "../entities.ts";
import type { Condition } from "../wire/filter.ts";
import type { Page } from "../wire/page.ts";
import { type DeadLetterRow, listDeadLetters } from "./read-messages.ts";
import { takeInMessages } from "./take-in-messages.ts";

/** What was taken out of the dead letters, with a cursor when there are more. */
export interface TakenOut {
  readonly letters: readonly DeadLetterRow[];
  readonly cursor: string | undefined;
}

/** Deletes a page of the dead letters that match. */
export async function deleteDeadLetters(
  pool: Pool,
  conditions: readonly Condition[],
  page: Page,
): Promise<TakenOut> {
  const { items, cursor } = await listDeadLetters(pool, conditions, page);
  const { rows } = await pool.query<{ seq: string }>(
    "DELETE FROM qstash.dead_letters WHERE seq = ANY($1) RETURNING seq",
    [items.map((letter) => letter.seq)],
  );
  const deleted = new Set(rows.map((row) => Number(row.seq)));
  return { letters: items.filter((letter) => deleted.has(letter.seq)), cursor };
}

/** How the messages of dead letters are sent again. */
export interface Resend {
  /** The message as it is to be sent now. */
  readonly specOf: (spec: MessageSpec) => MessageSpec;
  readonly dueMs: number;
  readonly nowMs: number;
}

/**
 * Sends a page of the dead letters that match as new messages and takes them out, in one transaction: a
 * letter that two requests retry at once is sent once.
 * @returns the new ids
 */
export async function resendDeadLetters(
  pool: Pool,
  conditions: readonly Condition[],
  page: Page,
  resend: Resend,
): Promise<{ messageIds: string[]; cursor: string | undefined }> {
  const { items, cursor } = await listDeadLetters(pool, conditions, page);
  const messageIds = await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ seq: string }>(
      "DELETE FROM qstash.dead_letters WHERE seq = ANY($1) RETURNING seq",
      [items.map((letter) => letter.seq)],
    );
    const deleted = new Set(rows.map((row) => Number(row.seq)));
    const messages = items
      .filter((letter) => deleted.has(letter.seq))
      .map((letter) => {
        const spec = resend.specOf(letter.spec);
        const queue = spec.queueName === undefined ? undefined : { name: spec.queueName };
        return { messageId: newMessageId(), spec, body: letter.body, dueMs: resend.dueMs, queue };
      });
    await takeInMessages(client, messages, resend.nowMs);
    return messages.map((message) => message.messageId);
  });
  return { messageIds, cursor };
}
