import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { type Database, openDatabase } from "../../src/db/client.ts";
import { templateDatabase } from "./test-cluster.ts";

/** SQLSTATE object_in_use. */
const stillInUse = "55006";

/** A database of one's own, gone after `drop`. */
export interface TestDatabase extends Pick<Database, "db" | "pool"> {
  readonly url: string;
  /** The value of DATABASE_WS_PROXY, for a client in another process. */
  readonly wsProxy: string;
  drop(): Promise<void>;
}

/** An empty database for the state of a stand-in, reached over TCP. */
export interface EmptyDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  drop(): Promise<void>;
}

/** A database with the product's schema and no rows. Call it in `beforeAll`, and `drop` in `afterAll`. */
export async function createTestDatabase(options: { maxConnections?: number } = {}): Promise<TestDatabase> {
  const { wsProxy } = inject("postgres");
  const { url, drop } = await createDatabase(templateDatabase);
  const { db, pool, close } = openDatabase({ url, wsProxy, ...options });
  return {
    url,
    wsProxy,
    db,
    pool,
    async drop() {
      await close();
      await drop();
    },
  };
}

/** A database with nothing in it, for a stand-in that makes its own tables. */
export async function createEmptyDatabase(): Promise<EmptyDatabase> {
  const { url, drop } = await createDatabase("template0");
  const pool = new pg.Pool({ connectionString: url });
  return {
    url,
    pool,
    async drop() {
      await pool.end();
      await drop();
    },
  };
}

async function createDatabase(template: string): Promise<{ url: string; drop(): Promise<void> }> {
  const { adminUrl } = inject("postgres");
  const name = `test_${randomBytes(8).toString("hex")}`;
  await asAdmin(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => dropDatabase(adminUrl, name) };
}

/**
 * A pool that was ended may still be saying goodbye: Postgres waits for that by itself, some seconds. Only what
 * a killed process left is cut off, as a connection of our own that is cut off ends the test run.
 */
async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  try {
    await asAdmin(adminUrl, `DROP DATABASE IF EXISTS ${name}`);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && error.code === stillInUse)) throw error;
    await asAdmin(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
}

async function asAdmin(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
