import { asc, eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { passBudgetGate } from "../../../src/costs/budgets/budget-gate.ts";
import { recordEntries } from "../../../src/costs/ledger/record-entries.ts";
import { recordSpending } from "../../../src/costs/ledger/record-spending.ts";
import { addPrice } from "../../../src/costs/prices/add-price.ts";
import { carryOnCorrections } from "../../../src/costs/prices/correct-entries.ts";
import { listPrices } from "../../../src/costs/prices/list-prices.ts";
import { previewPrice } from "../../../src/costs/prices/preview-price.ts";
import { seedPriceBook } from "../../../src/costs/prices/seed-price-book.ts";
import { sumCosts } from "../../../src/costs/rollups/sum-costs.ts";
import { ledger, priceCorrections } from "../../../src/db/schema/costs.ts";
import { projects } from "../../../src/db/schema/projects.ts";
import { createAdjustableClock } from "../../../src/kernel/clock.ts";
import { meters } from "../../../src/telemetry/names.ts";
import { newEntry } from "../../support/new-entry.ts";
import { newPrice, putPrice } from "../../support/new-price.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";
import { insertFailedStep, insertFile } from "../api/sample-file.ts";

const day = (number: number, hour = 0) => new Date(Date.UTC(2026, 2, number, hour));
const clock = createAdjustableClock({ frozenAt: day(20) });
const noLimit = Number.POSITIVE_INFINITY;

let database: TestDatabase;
const ctx = () => ({ db: database.db, clock });
beforeAll(async () => {
  database = await createTestDatabase({ maxConnections: 12 });
  await seedPriceBook(database);
  const project = { id: "proj_a", slug: "default", name: "Default", createdAt: day(1) };
  await database.db.insert(projects).values(project);
});
afterAll(() => database.drop());

async function one<Schema extends z.ZodType>(schema: Schema, query: ReturnType<typeof sql>) {
  return schema.parse((await database.db.execute(query)).rows[0]);
}

/** What a provider's entries cost in all, by their own rows and by the sums. */
async function totals(provider: string) {
  const { rows } = await database.db.execute(sql`
    select (select coalesce(sum(nano_usd), 0)::text from ledger where provider = ${provider}) as entries,
           ((select coalesce(sum(nano_usd), 0) from cost_rollups where grain = 'hour' and provider = ${provider})
             + (select coalesce(sum(nano_usd), 0) from cost_deltas where provider = ${provider}))::text as summed`);
  return z.object({ entries: z.string(), summed: z.string() }).parse(rows[0]);
}

/** The entries whose amounts, with all that adjusts them, are not what the book says for their time. */
async function wrongEntries(provider: string): Promise<unknown[]> {
  const { rows } = await database.db.execute(sql`
    select entry.id, entry.nano_usd + coalesce((select sum(nano_usd) from ledger where adjusts = entry.id), 0) as present,
           round(entry.quantity::numeric * price.nano_usd / price.per_units) as right
    from ledger entry join lateral (
      select * from prices where meter = entry.meter and provider = entry.provider and model in (entry.model, '*')
        and effective_from <= entry.at order by model = entry.model desc, effective_from desc, revision desc limit 1
    ) price on true
    where entry.provider = ${provider} and adjusts is null
      and entry.nano_usd + coalesce((select sum(nano_usd) from ledger where adjusts = entry.id), 0)
        <> round(entry.quantity::numeric * price.nano_usd / price.per_units)`);
  return rows;
}

describe("a wrong price", () => {
  it("is corrected by entries beside the wrong ones, in every sum, and back again; the history stays", async () => {
    const { db } = database;
    const file = await insertFile(db, { name: "wrong.md", createdAt: day(9) });
    await insertFailedStep(db, file.runId, day(9));
    const [attempt] = (await db.execute(sql`select id, step_id from attempts where number = 2`)).rows;
    const by = { projectId: "proj_a", fileId: file.fileId, runId: file.runId, provider: "wrong" };
    const of = { ...by, stepId: String(attempt?.step_id), attemptId: String(attempt?.id) };
    await putPrice(db, clock.now(), { provider: "wrong", nanoUsd: 20n });
    await recordSpending(ctx(), [
      newEntry("entry_before", day(9), { ...of, quantity: 3 }),
      newEntry("entry_1", day(10), { ...of, quantity: 5 }),
      newEntry("entry_2", day(11), { ...of, quantity: 7, waste: "failed-attempt" }),
    ]);
    const sums = () =>
      one(
        z.record(z.string(), z.string()),
        sql`select (select cost_nano_usd::text from files where id = ${file.fileId}) as file,
                   (select cost_nano_usd::text from runs where id = ${file.runId}) as run,
                   (select sum(cost_nano_usd)::text from steps where run_id = ${file.runId}) as steps,
                   (select sum(cost_nano_usd)::text from attempts where run_id = ${file.runId}) as attempts,
                   (select sum(nano_usd)::text from cost_deltas where provider = 'wrong' and waste is not null) as waste`,
      );
    expect(await sums()).toEqual({ file: "300", run: "300", steps: "300", attempts: "300", waste: "140" });

    const right = newPrice({ provider: "wrong", nanoUsd: 26n, effectiveFrom: day(10) });
    const preview = await previewPrice(ctx(), right);
    expect(preview).toMatchObject({
      entries: 2,
      quantity: "12",
      presentNanoUsd: "240",
      nextNanoUsd: "312",
      differenceNanoUsd: "72",
      exact: true,
      projects: [{ project: "default", entries: 2, presentNanoUsd: "240", nextNanoUsd: "312" }],
    });
    await putPrice(db, clock.now(), right);
    expect(await carryOnCorrections(ctx(), noLimit)).toBe(2);
    expect(await sums()).toEqual({ file: "372", run: "372", steps: "372", attempts: "372", waste: "182" });
    expect(await wrongEntries("wrong")).toEqual([]);
    const adjusting = await db.select().from(ledger).where(sql`adjusts is not null`).orderBy(asc(ledger.at));
    expect(adjusting).toMatchObject([
      { adjusts: "entry_1", quantity: 0, nanoUsd: 30n, at: day(10) },
      { adjusts: "entry_2", quantity: 0, nanoUsd: 42n, at: day(11) },
    ]);

    // The correction was wrong itself: the next revision of the same time takes it back.
    await putPrice(db, clock.now(), { ...right, nanoUsd: 20n });
    expect(await carryOnCorrections(ctx(), noLimit)).toBe(2);
    expect(await sums()).toEqual({ file: "300", run: "300", steps: "300", attempts: "300", waste: "140" });
    const history = await listPrices(ctx(), { provider: "wrong" });
    expect(history).toMatchObject([
      {
        nanoUsd: "20",
        revision: 2,
        status: "current",
        correction: { state: "done", adjusted: 2, nanoUsd: "-72" },
      },
      {
        nanoUsd: "26",
        revision: 1,
        status: "superseded",
        correction: { state: "done", adjusted: 2, nanoUsd: "72" },
      },
      { nanoUsd: "20", revision: 1, status: "past", effectiveUntil: day(10).toISOString(), correction: null },
    ]);
    expect(await db.$count(ledger, eq(ledger.provider, "wrong"))).toBe(7);
  });

  it("concerns entries up to the next price, and models that have none of their own", async () => {
    const { db } = database;
    const of = (model: string) => ({ provider: "many", model, quantity: 10 });
    await putPrice(db, clock.now(), { provider: "many", model: "*", nanoUsd: 1n });
    await putPrice(db, clock.now(), { provider: "many", model: "own", nanoUsd: 5n });
    await putPrice(db, clock.now(), { provider: "many", model: "*", nanoUsd: 2n, effectiveFrom: day(12) });
    await recordSpending(ctx(), [
      newEntry("many_1", day(10), of("some")),
      newEntry("many_2", day(10), of("own")),
      newEntry("many_3", day(11), of("other")),
      newEntry("many_4", day(13), of("some")),
    ]);
    const price = newPrice({ provider: "many", model: "*", nanoUsd: 3n, effectiveFrom: day(9) });
    expect(await previewPrice(ctx(), price)).toMatchObject({
      until: day(12).toISOString(),
      entries: 2,
      presentNanoUsd: "20",
      nextNanoUsd: "60",
    });
    await putPrice(db, clock.now(), price);
    expect(await carryOnCorrections(ctx(), noLimit)).toBe(2);
    expect((await totals("many")).entries).toBe(String(30 + 50 + 30 + 20));
  });

  it("of part of a nano-USD is rounded in each entry by itself", async () => {
    await putPrice(database.db, clock.now(), { provider: "parts", nanoUsd: 1n, perUnits: 3 });
    const entries = [1, 2, 3, 4].map((n) =>
      newEntry(`parts_${n}`, day(10), { provider: "parts", quantity: n }),
    );
    await recordSpending(ctx(), entries);
    expect((await totals("parts")).entries).toBe(String(0 + 1 + 1 + 1));
    const half = newPrice({ provider: "parts", nanoUsd: 1n, perUnits: 2 });
    expect(await previewPrice(ctx(), half)).toMatchObject({ nextNanoUsd: "5", exact: false });
    await putPrice(database.db, clock.now(), half);
    await carryOnCorrections(ctx(), noLimit);
    expect((await totals("parts")).entries).toBe(String(1 + 1 + 2 + 2));
  });
});

describe("a correction", () => {
  it("goes on where it was, batch by batch, and of two at once one does the work", async () => {
    const { db } = database;
    const long = { provider: "long", meter: meters.sandboxMs };
    await putPrice(db, clock.now(), { ...long, nanoUsd: 20n });
    for (let from = 0; from < 1_200; from += 300) {
      const ids = Array.from({ length: 300 }, (_, n) => from + n);
      await recordSpending(
        ctx(),
        ids.map((n) =>
          newEntry(`long_${n}`, new Date(day(10).getTime() + n * 1_000), { ...long, quantity: 2 }),
        ),
      );
    }
    await carryOnCorrections(ctx(), noLimit);
    const { correctionId } = await putPrice(db, clock.now(), { ...long, nanoUsd: 21n });
    expect(await carryOnCorrections(ctx(), 0)).toBe(500);
    const [half] = await db
      .select()
      .from(priceCorrections)
      .where(eq(priceCorrections.id, correctionId ?? ""));
    expect(half).toMatchObject({
      state: "running",
      entries: 500,
      adjusted: 500,
      nanoUsd: 1_000n,
      cursorId: "long_499",
    });
    const both = await Promise.all([carryOnCorrections(ctx(), noLimit), carryOnCorrections(ctx(), noLimit)]);
    await carryOnCorrections(ctx(), noLimit);
    expect(both[0] + both[1]).toBeLessThanOrEqual(700);
    expect(await totals("long")).toEqual({ entries: String(1_200 * 42), summed: String(1_200 * 42) });
    expect(await wrongEntries("long")).toEqual([]);
  });

  it("leaves every entry at the price of the book, whatever prices were added and however often", async () => {
    let run = 0;
    const price = fc.record({
      day: fc.nat(10),
      nanoUsd: fc.bigInt(0n, 50n),
      model: fc.constantFrom("*", "a", "b"),
    });
    const entry = fc.record({
      day: fc.nat(10),
      hour: fc.nat(23),
      quantity: fc.nat(100),
      model: fc.constantFrom("a", "b", "c"),
    });
    const action = fc.oneof(
      fc.record({ do: fc.constant("price" as const), price }),
      fc.record({ do: fc.constant("entry" as const), entry, id: fc.nat(15) }),
      fc.record({ do: fc.constant("correct" as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 20 }), async (actions) => {
        const provider = `any_${run}`;
        run += 1;
        await putPrice(database.db, clock.now(), { provider, model: "*" });
        for (const step of actions) {
          if (step.do === "correct") await carryOnCorrections(ctx(), 0);
          else if (step.do === "price") {
            const { nanoUsd, model } = step.price;
            await putPrice(database.db, clock.now(), {
              provider,
              nanoUsd,
              model,
              effectiveFrom: day(1 + step.price.day),
            });
          } else {
            const { quantity, model, hour } = step.entry;
            const at = day(1 + step.entry.day, hour);
            await recordSpending(ctx(), [
              newEntry(`${provider}_${step.id}`, at, { provider, quantity, model }),
            ]);
          }
        }
        await carryOnCorrections(ctx(), noLimit);
        expect(await wrongEntries(provider)).toEqual([]);
        const { entries, summed } = await totals(provider);
        expect(summed).toBe(entries);
        const before = await database.db.$count(ledger);
        await carryOnCorrections(ctx(), noLimit);
        expect(await database.db.$count(ledger)).toBe(before);
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it("concerns an entry that was priced before, and not yet in the ledger when the price came", async () => {
    const { db } = database;
    await putPrice(db, clock.now(), { provider: "late", nanoUsd: 1n });
    let adding: ReturnType<typeof putPrice> | undefined;
    await db.transaction(async (tx) => {
      await passBudgetGate(tx);
      await recordEntries(tx, [newEntry("late_1", day(10), { provider: "late", quantity: 10 })]);
      adding = putPrice(db, clock.now(), { provider: "late", nanoUsd: 2n });
      await expect.poll(waitingForPrices).toBe(1);
    });
    expect((await adding)?.correctionId).not.toBeNull();
    await carryOnCorrections(ctx(), noLimit);
    expect((await totals("late")).entries).toBe("20");
  });

  it("need not concern an entry that is priced after the price came", async () => {
    const { db } = database;
    await putPrice(db, clock.now(), { provider: "after", nanoUsd: 1n });
    let recording: Promise<void> | undefined;
    await db.transaction(async (tx) => {
      const price = newPrice({ provider: "after", nanoUsd: 2n });
      await addPrice(tx, price, clock.now());
      recording = recordSpending(ctx(), [newEntry("after_1", day(10), { provider: "after", quantity: 10 })]);
      await expect.poll(waitingForPrices).toBe(1);
    });
    await recording;
    expect(await wrongEntries("after")).toEqual([]);
    expect((await totals("after")).entries).toBe("20");
  });
});

/** How many transactions wait for the price book. */
async function waitingForPrices(): Promise<number> {
  const { waiting } = await one(
    z.object({ waiting: z.number() }),
    sql`select count(*)::int as waiting from pg_locks where relation = 'prices'::regclass and not granted`,
  );
  return waiting;
}

it("the sum of all is that of all entries, after all of this", async () => {
  const { entries } = await one(
    z.object({ entries: z.string() }),
    sql`select sum(nano_usd)::text as entries from ledger`,
  );
  expect((await sumCosts(database.db, {})).toString()).toBe(entries);
});
