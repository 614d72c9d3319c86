import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { Index } from "@upstash/vector";
import { z } from "zod";
import { createLog } from "../../src/kernel/log.ts";
import { startPostgres } from "../../src/local/postgres/start-postgres.ts";
import { freePort } from "../../tests/support/free-port.ts";
import { startChild } from "../child.ts";
import { figure, heading, quantile } from "../report.ts";

const records = 100_000;
const dimension = 384;
const perUpsert = 1_000;
const queries = 200;
const goalMs = { name: "goal", value: 20 };

/** The local Vector by the official SDK: 100,000 records of 384 dimensions written, and asked for their nearest. */
export async function benchVector(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "waybill-bench-vector-"));
  const postgres = await startPostgres({ dataDir, port: await freePort(), log: createLog("error") });
  try {
    await postgres.ensureDatabase("bench_vector");
    const program = "vector/vector-process.ts";
    const args = [postgres.url("bench_vector"), "token", String(dimension)];
    const service = await startChild(program, args, z.object({ url: z.string() }));
    const index = new Index({ url: service.hello.url, token: "token" });
    heading(`Vector, ${records} x ${dimension}, exact search`);
    const perSec = await upsertAll(index);
    figure("upsert, 1,000 a call", perSec, "records/s");
    for (const [what, filter] of [
      ["query top 10", undefined],
      ["query top 10, filter that 10 % match", "tenth = 3"],
      ["query top 10, filter that 0.1 % match", "thousandth = 3"],
      ["query top 10, filter that no index helps", "name GLOB '*7'"],
    ] as const) {
      const ms = await queryTimes(index, filter);
      figure(`${what}, p50`, quantile(ms), "ms", goalMs);
      figure(`${what}, p95`, quantile(ms, 0.95), "ms");
    }
    await service.kill();
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function upsertAll(index: Index): Promise<number> {
  let spentMs = 0;
  for (let first = 0; first < records; first += perUpsert) {
    const batch = Array.from({ length: perUpsert }, (_, at) => recordAt(first + at));
    const startedMs = performance.now();
    await index.upsert(batch);
    spentMs += performance.now() - startedMs;
  }
  return (records / spentMs) * 1_000;
}

async function queryTimes(index: Index, filter: string | undefined): Promise<number[]> {
  const times: number[] = [];
  // The first ones pay for the index of the field and for compiling.
  for (let at = -10; at < queries; at += 1) {
    const vector = vectorAt(records + at);
    const startedMs = performance.now();
    const found = await index.query({ vector, topK: 10, ...(filter !== undefined && { filter }) });
    if (found.length !== 10) throw new Error(`Expected 10 records, found ${found.length}.`);
    if (at >= 0) times.push(performance.now() - startedMs);
  }
  return times;
}

function recordAt(at: number) {
  const metadata = { tenth: at % 10, thousandth: at % 1_000, name: `record ${at}` };
  return { id: `record-${at}`, vector: vectorAt(at), metadata };
}

/** Numbers that look like chance and are the same each time. */
function vectorAt(at: number): number[] {
  let state = at * 2_654_435_761 + 1;
  return Array.from({ length: dimension }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.fround(state / 2 ** 32 - 0.5);
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await benchVector();
