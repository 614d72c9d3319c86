import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@upstash/qstash";
import pg from "pg";
import { beforeEach, expect, test } from "vitest";
import { createAdjustableClock } from "../../../src/kernel/clock.ts";
import { createLog } from "../../../src/kernel/log.ts";
import { listen } from "../../../src/local/kit/listen.ts";
import { startPostgres } from "../../../src/local/postgres/start-postgres.ts";
import { createQstash } from "../../../src/local/qstash/create-qstash.ts";
import { freePort } from "../../support/free-port.ts";
import { needs } from "../target.ts";
import { startDestination } from "./destination.ts";
import { secrets } from "./secrets.ts";

beforeEach(() => needs("stand-in"));

const total = 300;
const log = createLog("silent");

test("when Postgres crashes under load, every message is delivered once it is back, and each attempt is metered", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "waybill-crash-"));
  const port = await freePort();
  // A crash of Postgres leaves what it has given to the system: nothing is won by waiting for the disk here.
  const begin = () => startPostgres({ dataDir, port, log, settings: { fsync: "off" } });
  let postgres = await begin();
  const destination = await startDestination("crash");
  const pool = new pg.Pool({ connectionString: postgres.url("waybill_local") });
  pool.on("error", () => undefined);
  const service = createQstash({ pool, clock: createAdjustableClock(), ...secrets, log });
  await service.start();
  const listener = await listen(service.app, 0);
  try {
    const client = new Client({
      baseUrl: listener.url,
      token: secrets.token,
      enableTelemetry: false,
      retry: false,
    });
    const url = `${destination.url}/work`;
    const bodies = Array.from({ length: total }, (_, at) => String(at));
    await client.batch(bodies.map((body) => ({ url, body })));
    for (const crashAfter of [20, 120]) {
      await destination.request("/work", crashAfter);
      // Stops at once and writes nothing more: what was committed without a flush is gone.
      process.kill(await postmasterPid(dataDir), "SIGQUIT");
      await postgres.exited;
      postgres = await begin();
    }
    const pending = async () =>
      (
        await pool
          .query("SELECT FROM qstash.messages WHERE state IN ('waiting', 'active')")
          .catch(() => undefined)
      )?.rowCount;
    await expect.poll(pending, { timeout: 30_000, interval: 20 }).toBe(0);
    expect(new Set(destination.received.map(({ body }) => body)).size).toBe(total);
    const { rows } = await pool.query<{ amount: string }>(
      "SELECT amount FROM qstash.usage WHERE name = 'messages'",
    );
    expect(Number(rows[0]?.amount)).toBeGreaterThanOrEqual(destination.received.length);
  } finally {
    await listener.close();
    await service.stop();
    await destination.close();
    await pool.end();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}, 120_000);

async function postmasterPid(dataDir: string): Promise<number> {
  const [pid] = (await readFile(join(dataDir, "cluster", "postmaster.pid"), "utf8")).split("\n");
  return Number(pid);
}
