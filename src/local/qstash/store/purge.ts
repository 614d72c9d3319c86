import type { Pool } from "pg";

/** Forgets what is older than its retention: finished messages with their logs, dead letters, expired keys. */
export async function purge(pool: Pool, nowMs: number, retentionMs: number): Promise<void> {
  await pool.query("DELETE FROM qstash.deduplication WHERE expires_ms <= $1", [nowMs]);
  await pool.query("DELETE FROM qstash.dead_letters WHERE time_ms <= $1", [nowMs - retentionMs]);
  await pool.query(
    `DELETE FROM qstash.messages m
     WHERE state NOT IN ('waiting', 'active')
       AND NOT EXISTS (SELECT FROM qstash.dead_letters d WHERE d.message_seq = m.seq)
       AND NOT EXISTS (SELECT FROM qstash.events e WHERE e.message_seq = m.seq AND e.time_ms > $1)`,
    [nowMs - retentionMs],
  );
}
