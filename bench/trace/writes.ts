import { performance } from "node:perf_hooks";
import { sql } from "drizzle-orm";
import type { Db } from "../../src/db/client.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { deriveSpanId, newTraceId } from "../../src/kernel/ids.ts";
import { insertSpans, type SpanRow } from "../../src/telemetry/store/insert-spans.ts";
import { preparePartitions } from "../../src/telemetry/store/prepare-partitions.ts";
import { processorMsOf } from "../processor-time.ts";
import { figure, quantile } from "../report.ts";
import type { Store } from "../store.ts";

/** As many as the exporter sends at once. */
const batchSize = 512;
const batches = 40;
const rounds = 5;
/** A flush hands over all that waits: while the database writes a batch, the next is put into words. */
const inFlight = 2;

/** How fast spans are written by the exporter's statement over one connection, committed durably. */
export async function benchWrites(store: Store): Promise<void> {
  const database = await store.create("writes", { maxConnections: 1 });
  await preparePartitions({ db: database.db, clock: systemClock });
  const backend = await backendOf(database.db);
  const together: number[] = [];
  const processorUs: number[] = [];
  const singly: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const rows = Array.from({ length: batches }, (_, batch) => makeBatch(`${round}.${batch}`));
    const before = await processorMs(backend);
    together.push(await spansPerSec(rows, inFlight, (batch) => insertSpans(database.db, batch)));
    processorUs.push((((await processorMs(backend)) - before) * 1000) / (batches * batchSize));
    singly.push(
      await spansPerSec([makeBatch(`${round}.singly`)], 1, (batch) => oneByOne(database.db, batch)),
    );
  }
  figure("spans written, 512 at once, one connection, median", quantile(together), "spans/s", {
    name: "one by one",
    value: quantile(singly),
  });
  figure("spans written, 512 at once, best of five", Math.max(...together), "spans/s", {
    name: "goal",
    value: 20_000,
  });
  figure("processor time a span takes, Postgres and client, least", Math.min(...processorUs), "µs", {
    name: "goal, one after the other",
    value: 50,
  });
  await database.db.execute(sql`truncate spans`);
  await database.close();
}

async function backendOf(db: Db): Promise<number> {
  const { rows } = await db.execute(sql`select pg_backend_pid() as pid`);
  return Number(rows[0]?.pid);
}

/** What this process and a backend have used of the processors, in ms. */
async function processorMs(backend: number): Promise<number> {
  const own = process.cpuUsage();
  return (own.user + own.system) / 1000 + (await processorMsOf(backend));
}

async function spansPerSec(
  all: readonly SpanRow[][],
  atOnce: number,
  write: (batch: readonly SpanRow[]) => Promise<void>,
): Promise<number> {
  const startedMs = performance.now();
  const left = all.values();
  const writer = async () => {
    for (const batch of left) await write(batch);
  };
  await Promise.all(Array.from({ length: atOnce }, writer));
  return (all.length * batchSize * 1000) / (performance.now() - startedMs);
}

async function oneByOne(db: Db, batch: readonly SpanRow[]): Promise<void> {
  for (const row of batch) await insertSpans(db, [row]);
}

function makeBatch(name: string): SpanRow[] {
  const traceId = newTraceId();
  const startedAt = systemClock.now();
  return Array.from({ length: batchSize }, (_, at): SpanRow => {
    const startNs = BigInt(startedAt.getTime()) * 1_000_000n + BigInt(at);
    return {
      trace_id: traceId,
      span_id: deriveSpanId(name, at),
      parent_span_id: deriveSpanId(name),
      name: "process embed",
      kind: "consumer",
      start_ns: startNs.toString(),
      end_ns: (startNs + 5_000_000n).toString(),
      started_at: startedAt.toISOString(),
      status: "unset",
      status_message: null,
      attributes: {
        "waybill.file.id": "file_0123456789abcdef",
        "waybill.run.id": "run_0123456789abcdef",
        "waybill.run.number": 1,
        "waybill.project": "default",
        "waybill.graph.version": 1,
        "waybill.step": "embed",
        "waybill.step.id": "step_0123456789abcdef",
        "waybill.shard": at,
        "waybill.attempt": 1,
        "waybill.deployment": "dpl_1",
        "messaging.system.name": "qstash",
        "messaging.operation.name": "process",
        "messaging.message.id": `msg_${at}`,
      },
      events: [],
      links: [{ traceId, spanId: deriveSpanId(name, "sender"), attributes: {} }],
      file_id: "file_0123456789abcdef",
      run_id: "run_0123456789abcdef",
    };
  });
}
