import type { Pool } from "pg";
import { z } from "zod";
import { type Condition, clauseOf } from "../wire/filter.ts";

const rowSchema = z.object({ message_id: z.string(), state: z.string() });

/** Messages that were cancelled. */
export interface Cancelled {
  readonly count: number;
  /** Those that a delivery had taken up already: they are not tried again. */
  readonly underWay: readonly string[];
}

/** Cancels the pending messages that match, in one statement with their log lines. */
export async function cancelMessages(
  pool: Pool,
  conditions: readonly Condition[],
  nowMs: number,
): Promise<Cancelled> {
  const { sql, values } = clauseOf(conditions, 2);
  const { rows } = await pool.query(
    `WITH hit AS (
       SELECT seq, state FROM qstash.messages m
       WHERE state IN ('waiting', 'active') AND NOT cancel_requested AND ${sql}
       ORDER BY seq FOR UPDATE
     ), cancelled AS (
       UPDATE qstash.messages m SET
         cancel_requested = true,
         state = CASE hit.state WHEN 'waiting' THEN 'cancelled' ELSE hit.state END
       FROM hit WHERE m.seq = hit.seq
       RETURNING m.seq, m.message_id, m.state
     ), logged AS (
       INSERT INTO qstash.events (message_seq, time_ms, state)
       SELECT seq, $1, line.state FROM cancelled CROSS JOIN LATERAL (VALUES
         (1, 'CANCEL_REQUESTED'), (2, CASE cancelled.state WHEN 'cancelled' THEN 'CANCELED' END)
       ) AS line(step, state)
       WHERE line.state IS NOT NULL ORDER BY seq, step
     )
     SELECT message_id, state FROM cancelled`,
    [nowMs, ...values],
  );
  const cancelled = z.array(rowSchema).parse(rows);
  return {
    count: cancelled.length,
    underWay: cancelled.filter((row) => row.state === "active").map((row) => row.message_id),
  };
}
