import { access, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../../src/db/client.ts";
import { migrateDatabase } from "../../src/db/migrate.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { createLog } from "../../src/kernel/log.ts";
import { isAlive } from "../../src/local/launch/running-process.ts";
import { startBridge } from "../../src/local/postgres/bridge.ts";
import { stopOrphan } from "../../src/local/postgres/postmaster-pid.ts";
import { startPostgres } from "../../src/local/postgres/start-postgres.ts";
import { freePort } from "./free-port.ts";

/** The database that every test database is a copy of. */
export const templateDatabase = "waybill_template";
const folderPrefix = "waybill-test-";
const migrationsFolder = "drizzle";

/** Where the Postgres of this test run answers. */
export interface TestCluster {
  /** Connection string of the maintenance database. */
  readonly adminUrl: string;
  readonly wsProxy: string;
}

/** Starts a throw-away Postgres with a bridge and a migrated template database. */
export async function startTestCluster(): Promise<TestCluster & { stop(): Promise<void> }> {
  await removeLeftOvers();
  const dataDir = await mkdtemp(join(tmpdir(), `${folderPrefix}${process.pid}-`));
  const log = createLog("error");
  const postgres = await startPostgres({
    dataDir,
    port: await freePort(),
    log,
    // Nothing here outlives the run: durability would only cost time.
    settings: { fsync: "off", full_page_writes: "off", synchronous_commit: "off", max_connections: "300" },
  });
  const bridge = await startBridge({ port: 0, postgresPort: postgres.port });
  await postgres.ensureDatabase(templateDatabase);
  const migrated = await access(join(migrationsFolder, "meta", "_journal.json")).then(
    () => true,
    () => false,
  );
  if (migrated) {
    const database = openDatabase({ url: postgres.url(templateDatabase), wsProxy: bridge.wsProxy });
    await migrateDatabase(database.pool, migrationsFolder);
    await database.close();
  }
  return {
    adminUrl: postgres.url("postgres"),
    wsProxy: bridge.wsProxy,
    async stop() {
      await bridge.stop();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A run that was killed could not stop its Postgres: the next run does. */
async function removeLeftOvers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(new RegExp(`^${folderPrefix}(\\d+)-`).exec(name)?.[1]);
    if (!Number.isInteger(pid) || isAlive(pid)) continue;
    const folder = join(tmpdir(), name);
    await stopOrphan(join(folder, "cluster"), systemClock);
    await rm(folder, { recursive: true, force: true });
  }
}
