import type { Pool } from "pg";

const lockTimeoutMs = 5000;

/**
 * Takes the right to deliver from this database, which one process has at a time: so whatever is marked as
 * under way at the start was left behind. A process that was killed frees it with its connection.
 * @returns frees it again
 * @throws Error when another process keeps it
 */
export async function takeOwnerLock(pool: Pool): Promise<() => Promise<void>> {
  const client = await pool.connect();
  try {
    await client.query(`SET lock_timeout = ${lockTimeoutMs}`);
    await client.query("SELECT pg_advisory_lock(hashtext('waybill_local.qstash.owner'))");
  } catch (error) {
    client.release(true);
    throw new Error("Another local QStash delivers from this database.", { cause: error });
  }
  // The connection only holds the lock; should it end, the pool must not take that for a crash.
  client.on("error", () => undefined);
  return async () => client.release(true);
}
