import type { Pool } from "pg";
import { z } from "zod";
import { type ClaimedMessage, messageSpecSchema } from "../entities.ts";
import { withoutFlush } from "./without-flush.ts";

/** More rows of one queue than this are never looked at for one place: callbacks share the place of theirs. */
const rowsPerPlace = 8;

/**
 * Due are: messages that are free of queue and flow control; the first ones of each flow-control key; and of
 * each queue those whose place is among the first `parallelism`. A message holds its place in its queue while
 * it is under way, waits for a retry, or has a callback to make, be it one that was written a moment after the time
 * that is asked for. Then each flow-control key lets through as
 * many as it has room for, and all together no more than asked. Rows are passed by that a cancel has locked, or the
 * result of an attempt whose claim was lost in a crash.
 * Messages whose cancel waited for this moment are over.
 *
 * The chosen ones are looked up one by one, which `OFFSET 0` and the CASE see to: the statement keeps the plan of
 * its first runs, and one made while few messages waited would read all that wait later.
 */
const claimStatement = `
  WITH due AS (
    (SELECT seq, due_ms, flow_key FROM qstash.messages
     WHERE state = 'waiting' AND queue_name IS NULL AND flow_key IS NULL AND due_ms <= $1
     ORDER BY due_ms, seq LIMIT $2)
    UNION ALL
    SELECT m.seq, m.due_ms, m.flow_key FROM qstash.flow_controls flow CROSS JOIN LATERAL (
      SELECT seq, due_ms, flow_key FROM qstash.messages
      WHERE flow_key = flow.key AND queue_name IS NULL AND state = 'waiting' AND due_ms <= $1
      ORDER BY due_ms, seq LIMIT $2) m
    WHERE NOT flow.paused
    UNION ALL
    SELECT m.seq, m.due_ms, m.flow_key FROM qstash.queues queue CROSS JOIN LATERAL (
      SELECT *, dense_rank() OVER (ORDER BY position) AS place FROM (
        SELECT seq, state, due_ms, flow_key, coalesce(queue_position, seq) AS position FROM qstash.messages
        WHERE queue_name = queue.name AND state IN ('waiting', 'active')
          AND (state = 'active' OR retried > 0 OR queue_position IS NOT NULL OR due_ms <= $1)
        ORDER BY coalesce(queue_position, seq), seq
        LIMIT queue.parallelism * ${rowsPerPlace}) AS head) m
    WHERE NOT queue.paused AND m.place <= queue.parallelism AND m.state = 'waiting' AND m.due_ms <= $1
  ), room AS (
    SELECT key, CASE WHEN paused THEN 0 ELSE least(
      parallelism - (SELECT count(*) FROM qstash.messages m WHERE m.flow_key = key AND m.state = 'active'),
      rate - CASE WHEN rate_start_ms + period_ms > $1 THEN rate_count ELSE 0 END) END AS places
    FROM qstash.flow_controls WHERE key IN (SELECT flow_key FROM due)
  ), ranked AS (
    SELECT seq, due_ms, flow_key, row_number() OVER (PARTITION BY flow_key ORDER BY due_ms, seq) AS place FROM due
  ), chosen AS (
    SELECT seq FROM ranked LEFT JOIN room ON key = flow_key
    WHERE flow_key IS NULL OR place <= places
    ORDER BY due_ms, seq LIMIT $2
  ), locked AS (
    SELECT waiting.seq FROM chosen CROSS JOIN LATERAL (
      SELECT seq FROM qstash.messages
      WHERE seq = chosen.seq AND CASE state WHEN 'waiting' THEN true ELSE false END
      OFFSET 0 FOR UPDATE SKIP LOCKED) waiting
  ), taken AS (
    UPDATE qstash.messages m SET state = 'active' FROM locked WHERE m.seq = locked.seq RETURNING m.*
  ), logged AS (
    INSERT INTO qstash.events (message_seq, time_ms, state) SELECT seq, $1, 'ACTIVE' FROM taken
  ), rated AS (
    UPDATE qstash.flow_controls SET
      rate_count = used.n + CASE WHEN rate_start_ms + period_ms > $1 THEN rate_count ELSE 0 END,
      rate_start_ms = CASE WHEN rate_start_ms + period_ms > $1 THEN rate_start_ms ELSE $1 END
    FROM (SELECT flow_key, count(*) AS n FROM taken GROUP BY flow_key) used
    WHERE key = used.flow_key AND rate IS NOT NULL
  ), cancelled AS (
    UPDATE qstash.messages SET state = 'cancelled' WHERE state = 'cancelling' AND due_ms <= $1 RETURNING seq
  ), cancelled_logged AS (
    INSERT INTO qstash.events (message_seq, time_ms, state) SELECT seq, $1, 'CANCELED' FROM cancelled
  ), metered AS (
    INSERT INTO qstash.usage SELECT 'messages', $3::bigint + count(*) FROM taken HAVING count(*) > 0
    ON CONFLICT (name) DO UPDATE SET amount = excluded.amount
  )
  SELECT next_due.ms AS next_due_ms, (SELECT count(*) FROM chosen) AS chosen, seq, message_id, spec, body, created_ms, due_ms, retried, queue_name,
         coalesce(queue_position, seq) AS position
  FROM (SELECT least(
    (SELECT min(due_ms) FROM qstash.messages
     WHERE state = 'waiting' AND queue_name IS NULL AND flow_key IS NULL AND due_ms > $1),
    (SELECT min(due_ms) FROM qstash.messages
     WHERE state = 'waiting' AND (queue_name IS NOT NULL OR flow_key IS NOT NULL) AND due_ms > $1),
    (SELECT min(due_ms) FROM qstash.messages WHERE state = 'cancelling' AND due_ms > $1),
    (SELECT min(rate_start_ms + period_ms) FROM qstash.flow_controls flow
     WHERE rate IS NOT NULL AND rate_start_ms + period_ms > $1 AND rate_count >= rate AND EXISTS (
       SELECT FROM qstash.messages m WHERE m.flow_key = flow.key AND m.state = 'waiting' AND m.due_ms <= $1))
  ) AS ms) next_due
  CROSS JOIN ${withoutFlush} LEFT JOIN taken ON true ORDER BY due_ms, seq`;

const messageSchema = z.object({
  seq: z.coerce.number(),
  message_id: z.string(),
  spec: messageSpecSchema,
  body: z.instanceof(Buffer),
  created_ms: z.coerce.number(),
  due_ms: z.coerce.number(),
  retried: z.number(),
  queue_name: z.string().nullable(),
  position: z.coerce.number(),
});
/** There is always one row, which has no message when nothing was taken up. */
const rowSchema = z.intersection(
  z.object({ next_due_ms: z.coerce.number().nullable(), chosen: z.coerce.number() }),
  z.union([z.object({ seq: z.null() }), messageSchema]),
);

/** What was taken up. */
interface Claim {
  readonly claimed: readonly ClaimedMessage[];
  /** How many were to be taken up; those that were locked are passed by. */
  readonly chosen: number;
  /**
   * When a message or a cancel falls due next that was not due yet, or a rate's period ends for which one waits; what
   * is claimed here does not count against its rate yet.
   */
  readonly nextDueMs: number | undefined;
}

/**
 * Takes up to `limit` messages up for an attempt, in one statement: marks them active, writes their log
 * lines, counts them against their rates, and meters each attempt as one message.
 * @param metered how many attempts there were before
 */
export async function claimMessages(
  pool: Pool,
  nowMs: number,
  limit: number,
  metered: number,
): Promise<Claim> {
  const values = [nowMs, limit, metered];
  const result = await pool.query({ name: "qstash-claim", text: claimStatement, values });
  const rows = z.array(rowSchema).parse(result.rows);
  return {
    claimed: rows.flatMap((row) => (row.seq === null ? [] : [toClaimed(row)])),
    chosen: rows[0]?.chosen ?? 0,
    nextDueMs: rows[0]?.next_due_ms ?? undefined,
  };
}

function toClaimed(row: z.output<typeof messageSchema>): ClaimedMessage {
  return {
    seq: row.seq,
    messageId: row.message_id,
    spec: row.spec,
    body: row.body,
    createdMs: row.created_ms,
    dueMs: row.due_ms,
    retried: row.retried,
    queue: row.queue_name === null ? undefined : { name: row.queue_name, position: row.position },
  };
}

/**
 * What is marked as under way and is not, as a process or Postgres ended meanwhile, is taken up again, unless
 * it was cancelled.
 * @param underWay the `seq` of those that really are
 * @returns how many
 */
export async function releaseInterrupted(
  pool: Pool,
  underWay: readonly number[],
  nowMs: number,
): Promise<number> {
  const { rowCount } = await pool.query(
    `WITH released AS (
       UPDATE qstash.messages SET state = CASE WHEN cancel_requested THEN 'cancelled' ELSE 'waiting' END
       WHERE state = 'active' AND seq <> ALL($2) RETURNING seq, state
     ), logged AS (
       INSERT INTO qstash.events (message_seq, time_ms, state)
       SELECT seq, $1, 'CANCELED' FROM released WHERE state = 'cancelled'
     )
     SELECT seq FROM released`,
    [nowMs, underWay],
  );
  return rowCount ?? 0;
}
