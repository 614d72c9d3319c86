import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLog } from "../../../src/kernel/log.ts";
import { isAlive } from "../../../src/local/launch/running-process.ts";
import { readPostmaster } from "../../../src/local/postgres/postmaster-pid.ts";
import { startPostgres } from "../../../src/local/postgres/start-postgres.ts";
import { freePort } from "../../support/free-port.ts";

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "waybill-recovery-"));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const start = async () => startPostgres({ dataDir, port: await freePort(), log: createLog("silent") });
const query = async (url: string, statement: string) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(statement);
  await client.end();
  return rows;
};

test("data outlives a server that nobody stopped, and one that was killed", {
  timeout: 120_000,
}, async () => {
  const first = await start();
  await query(first.url("waybill"), "CREATE TABLE kept AS SELECT 42 AS answer");
  const orphan = await readPostmaster(join(dataDir, "cluster"));

  // As after a hard kill of the process that had started it: the server still runs over the folder.
  const second = await start();
  expect(isAlive(orphan?.pid ?? 0)).toBe(false);
  expect(await query(second.url("waybill"), "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);

  const killed = await readPostmaster(join(dataDir, "cluster"));
  process.kill(killed?.pid ?? 0, "SIGKILL");
  await second.exited;
  const third = await start();
  expect(await query(third.url("waybill"), "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
  await third.stop();
});

test("its password is for its owner alone, and no other opens it", async () => {
  const running = await start();
  expect((await stat(join(dataDir, "password"))).mode & 0o777).toBe(0o600);
  const wrong = new URL(running.url("waybill"));
  wrong.password = "postgres";
  await expect(query(wrong.href, "SELECT 1")).rejects.toThrow("password authentication failed");
  await running.stop();
});
