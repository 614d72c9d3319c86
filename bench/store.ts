import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, openDatabase } from "../src/db/client.ts";
import { migrateDatabase } from "../src/db/migrate.ts";
import { createLog } from "../src/kernel/log.ts";
import { startBridge } from "../src/local/postgres/bridge.ts";
import { startPostgres } from "../src/local/postgres/start-postgres.ts";
import { freePort } from "../tests/support/free-port.ts";

/** A Postgres in a folder that is gone afterwards, durable as in `npm start`. */
export interface Store {
  /** A new database with the product's schema, reached as the product does. */
  create(name: string, options?: { maxConnections?: number }): Promise<Database>;
  /** The variables by which the product reaches such a database. */
  variables(name: string): { DATABASE_URL: string; DATABASE_WS_PROXY: string };
  remove(): Promise<void>;
}

/** Starts it. */
export async function openStore(): Promise<Store> {
  const dataDir = await mkdtemp(join(tmpdir(), "waybill-bench-"));
  const postgres = await startPostgres({
    dataDir,
    port: await freePort(),
    log: createLog("error"),
    // Loading ten million rows would otherwise write most pages twice.
    settings: { max_wal_size: "8GB", maintenance_work_mem: "512MB" },
  });
  const bridge = await startBridge({ port: 0, postgresPort: postgres.port });
  return {
    async create(name, options = {}) {
      await postgres.ensureDatabase(name);
      const database = openDatabase({ url: postgres.url(name), wsProxy: bridge.wsProxy, ...options });
      await migrateDatabase(database.pool, "drizzle");
      return database;
    },
    variables: (name) => ({ DATABASE_URL: postgres.url(name), DATABASE_WS_PROXY: bridge.wsProxy }),
    async remove() {
      await bridge.stop();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
