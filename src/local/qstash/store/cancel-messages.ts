import type { Pool } from "pg";
import { z } from "zod";
import { type Condition, clauseOf } from "../wire/filter.ts";

const rowSchema = z.object({ message_id: z.string() });

/**
 * Cancels the pending messages that match, in one statement with their log lines. From now on none is delivered; as
 * in the service the log calls one cancelled when it would have been delivered next.
 * @returns their ids
 */
export async function cancelMessages(
  pool: Pool,
  conditions: readonly Condition[],
  nowMs: number,
): Promise<string[]> {
  const { sql, values } = clauseOf(conditions, 2);
  const { rows } = await pool.query(
    `WITH hit AS (
       SELECT seq, CASE WHEN state = 'active' THEN state WHEN due_ms > $1 THEN 'cancelling' ELSE 'cancelled' END AS state
       FROM qstash.messages m
       WHERE state IN ('waiting', 'active') AND NOT cancel_requested AND ${sql}
       ORDER BY seq FOR UPDATE
     ), cancelled AS (
       UPDATE qstash.messages m SET cancel_requested = true, state = hit.state
       FROM hit WHERE m.seq = hit.seq
       RETURNING m.seq, m.message_id, m.state
     ), logged AS (
       INSERT INTO qstash.events (message_seq, time_ms, state)
       SELECT seq, $1, line.state FROM cancelled CROSS JOIN LATERAL (VALUES
         (1, 'CANCEL_REQUESTED'), (2, CASE cancelled.state WHEN 'cancelled' THEN 'CANCELED' END)
       ) AS line(step, state)
       WHERE line.state IS NOT NULL ORDER BY seq, step
     )
     SELECT message_id FROM cancelled`,
    [nowMs, ...values],
  );
  return z
    .array(rowSchema)
    .parse(rows)
    .map((row) => row.message_id);
}
