import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportLedger } from "../../../src/costs/ledger/export-ledger.ts";
import type { LedgerFilter } from "../../../src/costs/ledger/ledger-filter.ts";
import type { LedgerEntryView } from "../../../src/costs/ledger/ledger-view.ts";
import { listLedger } from "../../../src/costs/ledger/list-ledger.ts";
import { markWaste } from "../../../src/costs/ledger/mark-waste.ts";
import { recordSpending } from "../../../src/costs/ledger/record-spending.ts";
import { sumLedger } from "../../../src/costs/ledger/sum-ledger.ts";
import { carryOnCorrections } from "../../../src/costs/prices/correct-entries.ts";
import { seedPriceBook } from "../../../src/costs/prices/seed-price-book.ts";
import { foldRollups } from "../../../src/costs/rollups/fold-rollups.ts";
import { projects } from "../../../src/db/schema/projects.ts";
import { wasteKinds } from "../../../src/db/waste-kinds.ts";
import { createAdjustableClock } from "../../../src/kernel/clock.ts";
import { meters } from "../../../src/telemetry/names.ts";
import { newEntry } from "../../support/new-entry.ts";
import { putPrice } from "../../support/new-price.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";
import { insertFailedStep, insertFile } from "../api/sample-file.ts";

const began = Date.UTC(2026, 2, 1);
const clock = createAdjustableClock({ frozenAt: new Date(began) });
const entryCount = 400;
const spent = [
  { meter: meters.embeddingTokens, provider: "waybill", model: "waybill/lexical-1536", step: "embed" },
  { meter: meters.qstashMessages, provider: "upstash", model: "*", step: "embed" },
  { meter: meters.qstashMessages, provider: "upstash", model: "*", step: "inspect" },
  { meter: meters.blobOperations, provider: "vercel", model: "simple", step: "inspect" },
  { meter: meters.blobOperations, provider: "vercel", model: "advanced", step: "upload" },
] as const;

let database: TestDatabase;
let owners: { fileId: string; runId: string; attemptId: string; projectId: string }[];
/** Everything, newest first, as one unfiltered list. */
let all: LedgerEntryView[];
const ctx = () => ({ db: database.db, clock });

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await seedPriceBook(database);
  for (const [at, slug] of ["alpha", "beta"].entries())
    await db
      .insert(projects)
      .values({ id: `proj_${slug}`, slug, name: slug, createdAt: new Date(began + at) });
  owners = await Promise.all([
    ownerIn("alpha", "=one.md"),
    ownerIn("alpha", "two.md"),
    ownerIn("beta", "three.md"),
  ]);
  await recordAll();
  all = await readAll({});
}, 60_000);
afterAll(() => database.drop());

async function ownerIn(project: string, name: string) {
  const { fileId, runId } = await insertFile(database.db, { name, createdAt: new Date(began), project });
  await insertFailedStep(database.db, runId, new Date(began));
  const { rows } = await database.db.execute(
    sql`select id from attempts where run_id = ${runId} and number = 1`,
  );
  return { fileId, runId, attemptId: String(rows[0]?.id), projectId: `proj_${project}` };
}

/** Entries of every kind over three days, half of them folded; some wasted, some estimates, some corrected. */
async function recordAll(): Promise<void> {
  for (let n = 0; n < entryCount; n += 1) {
    const owner = n % 5 === 4 ? {} : owners[n % 3];
    const at = new Date(began + ((n * 7_919_003) % (3 * 86_400_000)));
    const waste = n % 11 === 0 ? ({ waste: "duplicate-delivery" } as const) : {};
    const what = spent[(n * 7) % spent.length] ?? spent[0];
    await recordSpending(ctx(), [
      newEntry(`entry_${n}`, at, { ...what, ...owner, ...waste, quantity: n, estimated: n % 13 === 0 }),
    ]);
    if (n === entryCount / 2) await foldRollups(ctx());
  }
  await markWaste(database.db, owners[0] ?? { fileId: "", attemptId: "" }, "failed-attempt");
  const from = new Date(began + 86_400_000);
  await putPrice(database.db, clock.now(), { nanoUsd: 33n, effectiveFrom: from });
  await carryOnCorrections(ctx(), Number.POSITIVE_INFINITY);
}

async function readAll(filter: LedgerFilter, limit = 500): Promise<LedgerEntryView[]> {
  const found: LedgerEntryView[] = [];
  let cursor: string | null = null;
  do {
    const page = await listLedger(ctx(), { filter, limit, cursor });
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

/** The same by looking at each entry. */
function letsThrough(filter: LedgerFilter, entry: LedgerEntryView): boolean {
  const { projectId, steps, meters: asked, providers, models, waste, from, to } = filter;
  const at = new Date(entry.at);
  return [
    projectId === undefined || (entry.project === null ? null : `proj_${entry.project}`) === projectId,
    filter.fileId === undefined || entry.fileId === filter.fileId,
    filter.runId === undefined || entry.runId === filter.runId,
    filter.attemptId === undefined || entry.attemptId === filter.attemptId,
    steps === undefined || steps.includes(entry.step),
    asked === undefined || asked.includes(entry.meter),
    providers === undefined || providers.includes(entry.provider),
    models === undefined || models.includes(entry.model),
    waste === undefined || (entry.waste !== null && waste.includes(entry.waste)),
    filter.useful === undefined || entry.waste === null,
    filter.estimated === undefined || entry.estimated,
    filter.adjusting === undefined || entry.adjusts !== null,
    filter.unreserved === undefined || BigInt(entry.unreservedNanoUsd) > 0n,
    from === undefined || at >= from,
    to === undefined || at < to,
  ].every(Boolean);
}

const rarely = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const some = <Value>(values: readonly Value[]) => rarely(fc.subarray([...values], { minLength: 1 }));
const on = rarely(fc.constant(true as const));
const owner = (key: "fileId" | "runId" | "attemptId") =>
  rarely(fc.nat(3).map((at) => owners[at]?.[key] ?? "no such thing"));
const time = rarely(fc.integer({ min: -3_600_000, max: 4 * 86_400_000 }).map((ms) => new Date(began + ms)));
const filters = (): fc.Arbitrary<LedgerFilter> =>
  fc.record({
    projectId: rarely(fc.constantFrom(null, "proj_alpha", "proj_beta", "proj_none")),
    fileId: owner("fileId"),
    runId: owner("runId"),
    attemptId: owner("attemptId"),
    steps: some(["embed", "inspect", "upload", "finalize"]),
    meters: some([meters.embeddingTokens, meters.qstashMessages, meters.blobOperations, meters.computeMs]),
    providers: some(["waybill", "upstash", "vercel"]),
    models: some(["*", "simple", "waybill/lexical-1536"]),
    waste: some(wasteKinds),
    useful: on,
    estimated: on,
    adjusting: on,
    unreserved: on,
    from: time,
    to: time,
  });

describe("the ledger's list", () => {
  it("has everything once, newest first", async () => {
    const adjusting = all.filter(({ adjusts }) => adjusts !== null);
    expect(adjusting.length).toBeGreaterThan(10);
    expect(all.length).toBe(entryCount + adjusting.length);
    const places = all.map(({ at, id }) => `${at} ${id}`);
    expect(places).toEqual(places.toSorted().reverse());
    expect(new Set(places).size).toBe(places.length);
    expect(new Set(all.map(({ waste }) => waste))).toEqual(
      new Set([null, "duplicate-delivery", "failed-attempt"]),
    );
  });

  it("names the run, the attempt and its span of what an attempt has spent, and of nothing else", async () => {
    const { rows } = await database.db.execute(
      sql`select span_id from attempts where id = ${owners[0]?.attemptId}`,
    );
    const [ofAttempt] = all.filter(({ attemptId }) => attemptId === owners[0]?.attemptId);
    expect(ofAttempt).toMatchObject({ run: 1, attempt: 1, spanId: rows[0]?.span_id });
    const [ofNone] = all.filter(({ attemptId }) => attemptId === null);
    expect(ofNone).toMatchObject({ run: null, attempt: null, spanId: null });
  });

  it("lets through what the filter says, page by page, and its totals are the sums of that", async () => {
    let nonEmpty = 0;
    await fc.assert(
      fc.asyncProperty(filters(), fc.integer({ min: 20, max: 200 }), async (filter, limit) => {
        const expected = all.filter((entry) => letsThrough(filter, entry));
        if (expected.length > 0) nonEmpty += 1;
        expect((await readAll(filter, limit)).map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
        const totals = await sumLedger(ctx(), filter);
        expect(totals).toMatchObject({
          entries: expected.length,
          nanoUsd: expected.reduce((sum, entry) => sum + BigInt(entry.nanoUsd), 0n).toString(),
          capped: false,
        });
        const ofMeters = Map.groupBy(expected, ({ meter }) => meter);
        for (const sum of totals.meters) {
          const quantity = ofMeters.get(sum.meter)?.reduce((total, entry) => total + entry.quantity, 0);
          expect(sum.quantity).toBe(String(quantity ?? 0));
        }
      }),
      { numRuns: 150 },
    );
    expect(nonEmpty).toBeGreaterThan(20);
  }, 60_000);
});

describe("the ledger as CSV", () => {
  it("has a header and a line for each entry, exact amounts, and no formulas", async () => {
    let text = "";
    for await (const part of exportLedger(ctx(), { projectId: "proj_alpha" })) text += part;
    const [header, ...lines] = text.trimEnd().split("\n");
    expect(header).toBe(
      "at,project,file,file_id,run_id,step,attempt_id,meter,provider,model,quantity,unit,unit_nano_usd,nano_usd,usd,estimated,adjusts,waste,entry_id",
    );
    const expected = all.filter(({ project }) => project === "alpha");
    expect(lines.map((line) => line.split(",").at(-1))).toEqual(expected.map(({ id }) => id));
    const sum = lines.reduce((total, line) => total + BigInt(line.split(",")[13] ?? ""), 0n);
    expect(sum).toBe(expected.reduce((total, entry) => total + BigInt(entry.nanoUsd), 0n));
    expect(
      lines
        .find((line) => line.endsWith(",entry_0"))
        ?.split(",")
        .slice(2, 3),
    ).toEqual(["'=one.md"]);
    const message = lines.find((line) => line.includes(",qstash.messages,upstash,*,1,message,10000,10000,"));
    expect(message ?? "0.000010000").toContain("0.000010000");
  });
});
