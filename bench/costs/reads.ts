import { createHash } from "node:crypto";
import { performance } from "node:perf_hooks";
import { pickIndex } from "../../src/kernel/ids.ts";
import { entriesPerFile, ledgerBegan, seedLedger } from "../../tests/support/ledger/seed-ledger.ts";
import { processorMsOfTree } from "../processor-time.ts";
import { figure, quantile } from "../report.ts";
import { type ServedApi, serveApi } from "../served-api.ts";
import type { Store } from "../store.ts";

const samples = 420;
const rounds = 3;
/** The first ones of a round warm the connection and the code. */
const warmUps = 40;

/** The product's API over a database with a ledger of a size. */
interface Seeded extends ServedApi {
  readonly fileCount: number;
}

/** What one view of the ledger took, in ms. */
interface Sample {
  readonly kind: string;
  readonly pageMs: number;
  readonly totalsMs: number;
}

/**
 * What the server does for a view of the ledger, at few entries and at ten million: a page of fifty entries and
 * what all that the filter lets through comes to, for all kinds of filters, from the newest entry or from some
 * earlier moment. Rounds alternate, since the machine is not ours alone.
 */
export async function benchReads(store: Store): Promise<void> {
  const few = await seed(store, 10_000);
  const many = await seed(store, 10_000_000);
  const seen: { few: Sample[]; many: Sample[] } = { few: [], many: [] };
  const processorMs: { few: number[]; many: number[] } = { few: [], many: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const [size, on] of [
      ["few", few],
      ["many", many],
    ] as const) {
      const before = await processorMsOfTree(process.pid);
      seen[size].push(...(await viewTimes(on)));
      processorMs[size].push(((await processorMsOfTree(process.pid)) - before) / (samples + warmUps));
    }
  }
  compare("ledger page", seen, ({ pageMs }) => pageMs);
  compare("its totals", seen, ({ totalsMs }) => totalsMs);
  compare("both", seen, ({ pageMs, totalsMs }) => pageMs + totalsMs);
  byKind(seen);
  const least = { few: Math.min(...processorMs.few), many: Math.min(...processorMs.many) };
  figure("both, 10 million entries, processor time, Postgres included, least", least.many, "ms", {
    name: "10 thousand",
    value: least.few,
  });
  await few.close();
  await many.close();
}

function compare(
  what: string,
  seen: { few: readonly Sample[]; many: readonly Sample[] },
  ms: (sample: Sample) => number,
): void {
  for (const [name, at] of [
    ["p50", 0.5],
    ["p95", 0.95],
  ] as const) {
    const fewMs = quantile(seen.few.map(ms), at);
    figure(`${what}, 10 thousand entries, ${name}`, fewMs, "ms", { name: "goal", value: 50 });
    figure(`${what}, 10 million entries, ${name}`, quantile(seen.many.map(ms), at), "ms", {
      name: "10 thousand",
      value: fewMs,
    });
  }
}

/** Which filter is the slowest says more than their mixture. */
function byKind(seen: { few: readonly Sample[]; many: readonly Sample[] }): void {
  const few = Map.groupBy(seen.few, ({ kind }) => kind);
  for (const [kind, own] of Map.groupBy(seen.many, ({ kind }) => kind)) {
    const p95 = (all: readonly Sample[]) =>
      quantile(
        all.map(({ pageMs, totalsMs }) => pageMs + totalsMs),
        0.95,
      );
    figure(`  ${kind}, both, p95`, p95(own), "ms", { name: "10 thousand", value: p95(few.get(kind) ?? []) });
  }
}

async function seed(store: Store, entryCount: number): Promise<Seeded> {
  const name = `ledger_${entryCount}`;
  const database = await store.create(name);
  const startedMs = performance.now();
  await seedLedger(database.db, entryCount);
  figure(`${entryCount} entries with their files and sums`, (performance.now() - startedMs) / 1000, "s");
  await database.close();
  return { ...(await serveApi(store, name)), fileCount: Math.ceil(entryCount / entriesPerFile) };
}

async function viewTimes({ read, fileCount }: Seeded): Promise<Sample[]> {
  const seen: Sample[] = [];
  const kinds = filters(fileCount);
  for (let sample = -warmUps; sample < samples; sample += 1) {
    const [kind, filter] = kinds[(sample + warmUps) % kinds.length] ?? ["everything", {}];
    const to = pickIndex(2) === 0 && filter.to === undefined ? { to: momentOf(pickIndex(days * 1440)) } : {};
    const query = new URLSearchParams({ ...filter, ...to }).toString();
    const pageMs = await read(`ledger?${query}`);
    const totalsMs = await read(`ledger/totals?${query}`);
    if (sample >= 0) seen.push({ kind, pageMs, totalsMs });
  }
  return seen;
}

/** Over how many days the entries are spread. */
const days = 30;

function momentOf(minute: number): string {
  return new Date(ledgerBegan.getTime() + minute * 60_000).toISOString();
}

/** A filter of each kind. */
function filters(fileCount: number): [string, Record<string, string>][] {
  const file = `file_${createHash("md5")
    .update(String(pickIndex(fileCount)))
    .digest("hex")}`;
  const minute = pickIndex((days - 1) * 1440);
  const oneDay = { from: momentOf(minute), to: momentOf(minute + 1440) };
  return [
    ["everything", {}],
    ["a project", { project: "p3" }],
    ["a rare project", { project: "p9" }],
    ["a meter", { meter: "embedding.tokens" }],
    ["a rare step", { step: "search" }],
    [
      "a rare step of a common meter in one project",
      { project: "p2", meter: "embedding.tokens", step: "search" },
    ],
    ["a model", { model: "simple" }],
    ["a provider", { provider: "upstash" }],
    ["a file", { file }],
    ["all waste", { waste: "any" }],
    ["a project's waste", { project: "p3", waste: "any" }],
    ["estimates", { estimated: "true" }],
    ["corrections", { adjusting: "true" }],
    ["a day of a project", { project: "p1", ...oneDay }],
  ];
}
