import type { Pool } from "pg";
import { z } from "zod";

const rowSchema = z.object({
  name: z.string(),
  parallelism: z.number(),
  paused: z.boolean(),
  created_ms: z.coerce.number(),
  updated_ms: z.coerce.number(),
  lag: z.coerce.number(),
});

/** A queue as the service shows it; its lag is how many messages it still has. */
export interface Queue {
  readonly name: string;
  readonly parallelism: number;
  readonly paused: boolean;
  readonly lag: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Creates a queue or changes it. */
export async function putQueue(
  pool: Pool,
  queue: { readonly name: string; readonly parallelism: number; readonly paused: boolean },
  nowMs: number,
): Promise<void> {
  await pool.query(
    `INSERT INTO qstash.queues VALUES ($1, $2, $3, $4, $4)
     ON CONFLICT (name) DO UPDATE SET
       parallelism = excluded.parallelism, paused = excluded.paused, updated_ms = excluded.updated_ms`,
    [queue.name, queue.parallelism, queue.paused, nowMs],
  );
}

/** All queues, or the one of that name. */
export async function listQueues(pool: Pool, name?: string): Promise<Queue[]> {
  const { rows } = await pool.query(
    `SELECT queues.*, (SELECT count(*) FROM qstash.messages
                       WHERE queue_name = queues.name AND queue_position IS NULL
                         AND state IN ('waiting', 'active')) AS lag
     FROM qstash.queues WHERE $1::text IS NULL OR name = $1 ORDER BY name`,
    [name ?? null],
  );
  return z
    .array(rowSchema)
    .parse(rows)
    .map((row) => ({
      name: row.name,
      parallelism: row.parallelism,
      paused: row.paused,
      lag: row.lag,
      createdAt: row.created_ms,
      updatedAt: row.updated_ms,
    }));
}

/** The names of all queues. */
export async function listQueueNames(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>("SELECT name FROM qstash.queues");
  return rows.map((row) => row.name);
}

/** @returns false when there is no such queue */
export async function pauseQueue(pool: Pool, name: string, paused: boolean, nowMs: number): Promise<boolean> {
  const { rowCount } = await pool.query(
    "UPDATE qstash.queues SET paused = $2, updated_ms = $3 WHERE name = $1",
    [name, paused, nowMs],
  );
  return rowCount === 1;
}

/** Deletes a queue, whose messages must have been cancelled. @returns false when there is no such queue */
export async function deleteQueue(pool: Pool, name: string): Promise<boolean> {
  const { rowCount } = await pool.query("DELETE FROM qstash.queues WHERE name = $1", [name]);
  return rowCount === 1;
}
