import { performance } from "node:perf_hooks";
import { sql } from "drizzle-orm";
import { pickIndex } from "../../src/kernel/ids.ts";
import { processorMsOfTree } from "../processor-time.ts";
import { figure, quantile } from "../report.ts";
import { type ServedApi, serveApi } from "../served-api.ts";
import type { Store } from "../store.ts";
import { seedTraces, spansPerFile, tracesOf } from "./seed.ts";

const samples = 300;
const rounds = 3;
/** The first ones of a round warm the connection and the code. */
const warmUps = 20;

/** The product's API over a database that is filled with traces. */
interface Seeded extends ServedApi {
  readonly fileCount: number;
}

/**
 * What the server does for a file's page, at few spans and at ten million: the file, its time and the first page
 * of its trace, each asked of the API with a key. Rounds alternate, since the machine is not ours alone.
 */
export async function benchReads(store: Store): Promise<void> {
  const few = await seed(store, 10_000);
  const many = await seed(store, 10_000_000);
  await diskUse(many);
  const seen: { few: number[]; many: number[] } = { few: [], many: [] };
  const processorMs: { few: number[]; many: number[] } = { few: [], many: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const [size, on] of [
      ["few", few],
      ["many", many],
    ] as const) {
      const before = await processorMsOfTree(process.pid);
      seen[size].push(...(await pageTimes(on)));
      processorMs[size].push(((await processorMsOfTree(process.pid)) - before) / (samples + warmUps));
    }
  }
  for (const [name, at] of [
    ["p50", 0.5],
    ["p95", 0.95],
  ] as const) {
    const fewMs = quantile(seen.few, at);
    figure(`file page, 10 thousand spans, ${name}`, fewMs, "ms", { name: "goal", value: 50 });
    figure(`file page, 10 million spans, ${name}`, quantile(seen.many, at), "ms", {
      name: "10 thousand",
      value: fewMs,
    });
  }
  const least = { few: Math.min(...processorMs.few), many: Math.min(...processorMs.many) };
  figure("file page, 10 million spans, processor time, Postgres included, least", least.many, "ms", {
    name: "10 thousand",
    value: least.few,
  });
  await few.close();
  await many.close();
}

async function seed(store: Store, spanCount: number): Promise<Seeded> {
  const name = `traces_${spanCount}`;
  const database = await store.create(name);
  const startedMs = performance.now();
  await seedTraces(database.db, tracesOf(spanCount));
  const tookSec = (performance.now() - startedMs) / 1000;
  figure(`${spanCount} spans with their files, runs, steps and attempts`, tookSec, "s");
  await database.close();
  return { ...(await serveApi(store, name)), fileCount: spanCount / spansPerFile };
}

async function pageTimes({ read, fileCount }: Seeded): Promise<number[]> {
  const times: number[] = [];
  for (let sample = -warmUps; sample < samples; sample += 1) {
    const file = `files/file_${pickIndex(fileCount)}`;
    const tookMs = (await read(file)) + (await read(`${file}/time`)) + (await read(`${file}/trace`));
    if (sample >= 0) times.push(tookMs);
  }
  return times;
}

async function diskUse({ db }: Seeded): Promise<void> {
  const { rows } = await db.execute(sql`
    select sum(pg_total_relation_size(inhrelid))::float8 as bytes from pg_inherits
    where inhparent = 'spans'::regclass`);
  figure("bytes a span takes, with its indexes", Number(rows[0]?.bytes) / 1e7, "B");
}
