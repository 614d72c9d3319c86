import type { Pool } from "pg";
import type { Options } from "../options.ts";

/** Whether a message `m` is finished: what has not ended keeps its whole log. */
const finished = "m.state NOT IN ('waiting', 'active', 'cancelling')";

/**
 * Forgets what is older than its retention: dead letters, the log of finished messages, expired keys; and finished
 * messages of which neither is left.
 */
export async function purge(
  pool: Pool,
  nowMs: number,
  { logRetentionMs, dlqRetentionMs }: Pick<Options, "logRetentionMs" | "dlqRetentionMs">,
): Promise<void> {
  await pool.query("DELETE FROM qstash.dead_letters WHERE time_ms <= $1", [nowMs - dlqRetentionMs]);
  await pool.query(
    `DELETE FROM qstash.events e USING qstash.messages m
     WHERE e.time_ms <= $1 AND m.seq = e.message_seq AND ${finished}`,
    [nowMs - logRetentionMs],
  );
  await pool.query(
    `DELETE FROM qstash.messages m
     WHERE ${finished}
       AND NOT EXISTS (SELECT FROM qstash.dead_letters d WHERE d.message_seq = m.seq)
       AND NOT EXISTS (SELECT FROM qstash.events e WHERE e.message_seq = m.seq)`,
  );
  await pool.query("DELETE FROM qstash.deduplication WHERE expires_ms <= $1", [nowMs]);
}
