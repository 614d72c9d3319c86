import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { markWaste } from "../../../src/costs/ledger/mark-waste.ts";
import { type NewEntry, recordEntries } from "../../../src/costs/ledger/record-entries.ts";
import { seedPriceBook } from "../../../src/costs/prices/seed-price-book.ts";
import { foldDeltas } from "../../../src/costs/rollups/fold-deltas.ts";
import { readRollup } from "../../../src/costs/rollups/read-rollup.ts";
import { costRollup } from "../../../src/costs/rollups/rollup.ts";
import { sumCosts } from "../../../src/costs/rollups/sum-costs.ts";
import { grains } from "../../../src/db/schema/rollups.ts";
import { meters } from "../../../src/telemetry/names.ts";
import { newEntry } from "../../support/new-entry.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

const began = new Date("2026-03-28T00:00:00Z");

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ maxConnections: 12 });
  await seedPriceBook(database);
});
afterAll(() => database.drop());
beforeEach(empty);

/** Nothing but a superuser who sets triggers aside can empty the ledger. */
async function empty(): Promise<void> {
  await database.db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    for (const table of ["ledger", "wasted_entries", "cost_deltas", "cost_rollups"])
      await tx.execute(sql`delete from ${sql.identifier(table)}`);
  });
}

const spent = [
  { meter: meters.embeddingTokens, provider: "waybill", model: "waybill/lexical-1536", step: "embed" },
  { meter: meters.qstashMessages, provider: "upstash", model: "*", step: "embed" },
  { meter: meters.qstashMessages, provider: "upstash", model: "*", step: "tick" },
] as const;
const projects = [null, "proj_a", "proj_b"];

/** What somebody does with the ledger; the numbers choose among few, so that keys and ids meet. */
type Action =
  | { readonly do: "record" | "roll back"; readonly picks: readonly number[] }
  | { readonly do: "waste"; readonly attempt: number }
  | { readonly do: "fold" };

const picks = fc.array(fc.nat(2_000), { minLength: 1, maxLength: 5 });
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("record" as const), picks }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("roll back" as const), picks }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("waste" as const), attempt: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.constant({ do: "fold" as const }) },
);

/** The entry of a number: the same number is the same entry, delivered again. */
function entryOf(pick: number): NewEntry {
  const at = new Date(began.getTime() + ((pick * 7_919_003) % (3 * 86_400_000)));
  const attempt = pick % 6;
  return newEntry(`entry_${pick}`, at, {
    ...spent[pick % spent.length],
    projectId: projects[(pick % 7) % projects.length] ?? null,
    fileId: `file_${attempt}`,
    attemptId: `att_${attempt}`,
    quantity: pick,
  });
}

async function perform(step: Action): Promise<void> {
  const { db } = database;
  switch (step.do) {
    case "record":
      await recordEntries(db, [...new Set(step.picks)].map(entryOf));
      return;
    case "roll back":
      await db
        .transaction(async (tx) => {
          await recordEntries(tx, [...new Set(step.picks)].map(entryOf));
          tx.rollback();
        })
        .catch(() => undefined);
      return;
    case "waste":
      await markWaste(
        db,
        { fileId: `file_${step.attempt}`, attemptId: `att_${step.attempt}` },
        "failed-attempt",
      );
      return;
    case "fold":
      await foldDeltas(db, costRollup);
  }
}

const sumsSchema = z.array(z.record(z.string(), z.unknown()));

/** The sums that the ledger's own rows have, by everything that a rollup is kept by. */
async function ledgerSums(grain: string): Promise<unknown> {
  const start =
    grain === "quarter"
      ? sql`date_bin('15 minutes', ledger.at, 'epoch')`
      : sql`date_trunc(${grain}, ledger.at, 'UTC')`;
  const { rows } = await database.db.execute(sql`
    select ${start} as bucket, project_id, step, meter, provider, model, kind as waste, sum(quantity)::text as quantity,
           sum(nano_usd)::text as nano_usd, count(*)::text as entries
    from ledger left join (select entry_id, kind from wasted_entries) wasted on entry_id = id group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 7`);
  return sumsSchema.parse(rows);
}

async function rollupSums(grain: string): Promise<unknown> {
  const start = grain === "quarter" ? sql`bucket` : sql`date_trunc(${grain}, bucket, 'UTC')`;
  const { rows } = await database.db.execute(sql`
    select bucket, project_id, step, meter, provider, model, waste, sum(quantity)::text as quantity,
           sum(nano_usd)::text as nano_usd, sum(entries)::text as entries
    from (
      select bucket, project_id, step, meter, provider, model, waste, quantity, nano_usd, entries
      from cost_rollups where grain = ${grain}
      union all
      select ${start}, project_id, step, meter, provider, model, waste, quantity, nano_usd, entries from cost_deltas
    ) both_tables
    group by 1, 2, 3, 4, 5, 6, 7 having sum(entries) <> 0 or sum(quantity) <> 0 or sum(nano_usd) <> 0
    order by 1, 2, 3, 4, 7`);
  return sumsSchema.parse(rows);
}

describe("the sums of the ledger", () => {
  it("are those of its entries, whatever was recorded, replayed, rolled back, wasted and folded", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 25 }), async (actions) => {
        await empty();
        for (const step of actions) await perform(step);
        for (const grain of grains) expect(await rollupSums(grain)).toEqual(await ledgerSums(grain));
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it("are exact in every snapshot while many write and two fold", async () => {
    const { db } = database;
    let writing = true;
    const fold = async () => {
      while (writing) await foldDeltas(db, costRollup);
    };
    const snapshots: unknown[] = [];
    const look = async () => {
      while (writing) {
        const { rows } = await db.execute(sql`
          select (select coalesce(sum(nano_usd), 0) from ledger)::text as ledger,
                 ((select coalesce(sum(nano_usd), 0) from cost_rollups where grain = 'day')
                   + (select coalesce(sum(nano_usd), 0) from cost_deltas))::text as summed`);
        snapshots.push(...rows.filter((row) => row.ledger !== row.summed));
      }
    };
    const write = async (worker: number) => {
      for (let n = 0; n < 40; n += 1)
        await recordEntries(
          db,
          [1, 2, 3].map((part) => ({ ...entryOf(n), id: `entry_${worker}_${n}_${part}` })),
        );
    };
    const others = [fold(), fold(), look()];
    await Promise.all(Array.from({ length: 8 }, (_, worker) => write(worker)));
    writing = false;
    await Promise.all(others);
    expect(snapshots).toEqual([]);
    await foldDeltas(db, costRollup);
    expect(await database.db.$count(sql`cost_deltas`)).toBe(0);
    for (const grain of grains) expect(await rollupSums(grain)).toEqual(await ledgerSums(grain));
  }, 60_000);
});

describe("a question to a rollup", () => {
  it("is answered alike before and after a fold, by span, key and condition", async () => {
    await recordEntries(
      database.db,
      Array.from({ length: 200 }, (_, pick) => entryOf(pick)),
    );
    // Days of Berlin over the change to summer time: the second has 23 hours.
    const boundaries = [
      "2026-03-27T23:00Z",
      "2026-03-28T23:00Z",
      "2026-03-29T22:00Z",
      "2026-03-30T22:00Z",
    ].map((text) => new Date(text));
    const ask = () =>
      readRollup(database.db, costRollup, { boundaries, by: ["project_id"], where: sql`step = 'embed'` });
    const unfolded = await ask();
    await foldDeltas(database.db, costRollup);
    expect(await ask()).toEqual(unfolded);
    const { rows } = await database.db.execute(sql`
      select (at at time zone 'Europe/Berlin')::date - '2026-03-28'::date as place, project_id, count(*)::text as entries
      from ledger where step = 'embed' and at < '2026-03-30T22:00Z' group by 1, 2 order by 1, 2`);
    expect(
      unfolded.map(({ place, key, sums }) => ({ place, ...key, entries: String(sums.entries) })),
    ).toEqual(rows);
  });

  it("gives the sum of a scope, with or without ends", async () => {
    const at = (text: string) => new Date(text);
    await recordEntries(database.db, [
      newEntry("entry_1", at("2026-03-28T10:00:00Z"), { projectId: "proj_a" }),
      newEntry("entry_2", at("2026-03-28T10:15:00Z"), { projectId: "proj_a", step: "search" }),
      newEntry("entry_3", at("2026-03-28T10:20:00Z"), { projectId: "proj_b" }),
    ]);
    const { db } = database;
    expect(await sumCosts(db, {})).toBe(60_000n);
    expect(await sumCosts(db, { projectId: "proj_a" })).toBe(40_000n);
    expect(await sumCosts(db, { projectId: "proj_a", step: "embed" })).toBe(20_000n);
    expect(await sumCosts(db, {}, { from: at("2026-03-28T10:15:00Z") })).toBe(40_000n);
    expect(await sumCosts(db, {}, { to: at("2026-03-28T10:15:00Z") })).toBe(20_000n);
    expect(await sumCosts(db, { projectId: "proj_c" })).toBe(0n);
  });
});

describe("the ledger", () => {
  it.each(["update ledger set quantity = 1", "delete from ledger", "truncate ledger"])(
    "refuses: %s",
    async (statement) => {
      await recordEntries(database.db, [newEntry("entry_1", began)]);
      const refused = database.db.execute(statement).then(
        () => "done",
        (error: unknown) => String((error as { cause: unknown }).cause),
      );
      expect(await refused).toContain("rows of ledger are added, never changed or deleted");
    },
  );
});
