import type { Pool, PoolClient } from "pg";

/**
 * Brings the schema of one stand-in up to date. Each migration runs once, in its own transaction, in the
 * order of the list; a list only ever grows at its end. Safe when two processes start at once.
 * @param schema the stand-in's schema, made if missing; a plain lower-case name
 */
export async function migrateService(
  pool: Pool,
  schema: string,
  migrations: readonly string[],
): Promise<void> {
  for (const [index, statements] of migrations.entries()) {
    await inTransaction(pool, async (client) => {
      await client.query("SELECT pg_advisory_xact_lock(hashtext($1))", [`waybill_local.${schema}`]);
      await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
      await client.query(`CREATE TABLE IF NOT EXISTS ${schema}.versions (version int PRIMARY KEY)`);
      const { rowCount } = await client.query(
        `INSERT INTO ${schema}.versions VALUES ($1) ON CONFLICT DO NOTHING`,
        [index + 1],
      );
      if (rowCount === 1) await client.query(statements);
    });
  }
}

/** Runs `work` in a transaction: committed when it resolves, rolled back when it throws. */
export async function inTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
