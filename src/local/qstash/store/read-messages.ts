import type { Pool } from "pg";
import { z } from "zod";
import { headerMapSchema, messageSpecSchema } from "../entities.ts";
import { type Condition, clauseOf } from "../wire/filter.ts";
import { afterCursor, cutPage, type Page } from "../wire/page.ts";

const messageColumns = "m.message_id, m.spec, m.body, m.due_ms, m.created_ms";
const messageRow = z.object({
  message_id: z.string(),
  spec: messageSpecSchema,
  body: z.instanceof(Buffer),
  due_ms: z.coerce.number(),
  created_ms: z.coerce.number(),
});
const eventRow = messageRow.extend({
  seq: z.coerce.number(),
  time_ms: z.coerce.number(),
  state: z.string(),
  next_delivery_ms: z.coerce.number().nullable(),
  error: z.string().nullable(),
  response_status: z.number().nullable(),
  response_header: headerMapSchema.nullable(),
  response_body: z.instanceof(Buffer).nullable(),
});
const deadLetterRow = messageRow.extend({
  seq: z.coerce.number(),
  dlq_id: z.string(),
  time_ms: z.coerce.number(),
  response_status: z.number(),
  response_header: headerMapSchema,
  response_body: z.instanceof(Buffer),
});

/** A message as it is kept. */
export type MessageRow = z.output<typeof messageRow>;
/** A line of the log with its message. */
export type EventRow = z.output<typeof eventRow>;
/** A dead letter with its message. */
export type DeadLetterRow = z.output<typeof deadLetterRow>;

/** A message that waits or is under way and was not cancelled. */
export async function readPendingMessage(pool: Pool, messageId: string): Promise<MessageRow | undefined> {
  const { rows } = await pool.query(
    `SELECT ${messageColumns} FROM qstash.messages m
     WHERE message_id = $1 AND state IN ('waiting', 'active') AND NOT cancel_requested`,
    [messageId],
  );
  return z.array(messageRow).parse(rows)[0];
}

/** How many messages were made from a time on. */
export async function countCreatedSince(pool: Pool, sinceMs: number): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM qstash.messages WHERE created_ms >= $1",
    [sinceMs],
  );
  return rows[0]?.n ?? 0;
}

/** A page of the log. */
export async function listEvents(pool: Pool, conditions: readonly Condition[], page: Page) {
  const { sql, values } = clauseOf([...conditions, ...afterCursor(page, "e.seq")]);
  const { rows } = await pool.query(
    `SELECT ${messageColumns}, e.seq, e.time_ms, e.state, e.next_delivery_ms, e.error,
            e.response_status, e.response_header, e.response_body
     FROM qstash.events e JOIN qstash.messages m ON m.seq = e.message_seq
     WHERE ${sql} ORDER BY e.seq ${page.order} LIMIT ${page.count + 1}`,
    values,
  );
  return cutPage(z.array(eventRow).parse(rows), page);
}

/**
 * The dead letters `d`, each with its message `m` looked up by itself (which `OFFSET 0` sees to): a page is read
 * from its front and stops when it is full, where a join would read all letters for each page.
 */
export const deadLettersWithMessages = `qstash.dead_letters d
  CROSS JOIN LATERAL (SELECT * FROM qstash.messages WHERE seq = d.message_seq OFFSET 0) m`;

/** A page of the dead letters. */
export async function listDeadLetters(pool: Pool, conditions: readonly Condition[], page: Page) {
  const { sql, values } = clauseOf([...conditions, ...afterCursor(page, "d.seq")]);
  const { rows } = await pool.query(
    `SELECT ${messageColumns}, d.seq, d.time_ms, d.time_ms::text || '-' || d.seq::text AS dlq_id,
            d.response_status, d.response_header, d.response_body
     FROM ${deadLettersWithMessages} WHERE ${sql} ORDER BY d.seq ${page.order} LIMIT ${page.count + 1}`,
    values,
  );
  return cutPage(z.array(deadLetterRow).parse(rows), page);
}
