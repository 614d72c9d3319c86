import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createLog } from "../../src/kernel/log.ts";
import { startPostgres } from "../../src/local/postgres/start-postgres.ts";
import { freePort } from "../../tests/support/free-port.ts";
import { pidOf } from "../processor-time.ts";
import { figure, heading } from "../report.ts";
import { startNoOpDestination } from "./destination.ts";
import { type EngineFigures, measureEngine } from "./measure-engine.ts";
import { measureFlush } from "./measure-flush.ts";
import { measureQstash, type QstashFigures } from "./measure-qstash.ts";

/**
 * The local QStash beside two job engines on the same Postgres: deliveries, latency, publishing, dead letters,
 * and what it costs when nothing is due.
 */
export async function benchQstash(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "waybill-bench-qstash-"));
  const postgres = await startPostgres({ dataDir, port: await freePort(), log: createLog("error") });
  const destination = await startNoOpDestination();
  const databaseFor = async (name: string) => {
    await postgres.ensureDatabase(name);
    return postgres.url(name);
  };
  try {
    heading("QStash, with the machine's Postgres on disk");
    const flushMs = await measureFlush(await databaseFor("bench_flush"));
    const others: EngineFigures[] = [];
    for (const name of ["pg-boss", "graphile-worker"] as const) {
      others.push(await measureEngine(name, await databaseFor(`bench_${name.slice(0, 2)}`), destination));
    }
    const postgresPid = await pidOf(dataDir);
    const qstash = await measureQstash((name) => databaseFor(`bench_${name}`), destination, postgresPid);
    print(qstash, others, flushMs);
  } finally {
    destination.close();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function print(qstash: QstashFigures, others: readonly EngineFigures[], flushMs: number): void {
  const compared = (what: string, seen: number, of: (engine: EngineFigures) => number) => {
    for (const engine of others) figure(what, seen, "/s", { name: engine.name, value: of(engine) });
  };
  compared("deliveries, 10 in flight", qstash.deliveriesPerSec, (engine) => engine.deliveriesPerSec);
  const flush = { name: "one flush to disk", value: flushMs };
  figure("publish to arrival, p50 (goal 10)", qstash.latencyMs.p50, "ms", flush);
  figure("publish to arrival, p95", qstash.latencyMs.p95, "ms", flush);
  figure("publish to arrival, p99", qstash.latencyMs.p99, "ms", flush);
  compared("publish one by one", qstash.publishesPerSec, (engine) => engine.sendsPerSec);
  compared("publish in batches of 100", qstash.batchedPerSec, (engine) => engine.batchedPerSec);
  const { retry } = qstash;
  figure("retry 10,000 dead letters by filter, server time", retry.serverMs, "ms", {
    name: "goal",
    value: 2000,
  });
  figure("the same as the SDK saw it", retry.seenMs, "ms");
  figure("processor time meanwhile", retry.processorMs, "ms");
  figure("delivered meanwhile", retry.delivered, "of them");
  figure("idle with 10,000 that wait, of a core", qstash.idlePercent, "%", { name: "goal", value: 1 });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await benchQstash();
