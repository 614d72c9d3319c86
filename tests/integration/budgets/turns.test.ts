import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findDrift } from "../../../src/costs/budgets/find-drift.ts";
import { releaseReservation } from "../../../src/costs/budgets/give-back.ts";
import { openBudget } from "../../../src/costs/budgets/open-budget.ts";
import { getBudget } from "../../../src/costs/budgets/read-budgets.ts";
import { reserve } from "../../../src/costs/budgets/reserve.ts";
import { recordSpending } from "../../../src/costs/ledger/record-spending.ts";
import { seedPriceBook } from "../../../src/costs/prices/seed-price-book.ts";
import { budgetAccounts, budgetHolds } from "../../../src/db/schema/budgets.ts";
import { fittingHolds } from "../../../src/jobs/fitting-holds.ts";
import { createAdjustableClock } from "../../../src/kernel/clock.ts";
import { emptyMoney } from "../../support/budgets/empty-money.ts";
import { newAsk } from "../../support/budgets/new-ask.ts";
import { newBudget } from "../../support/budgets/new-budget.ts";
import { newEntry } from "../../support/new-entry.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

/** What 1,000 tokens of the local model cost. */
const entryNano = 20_000n;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await seedPriceBook(database);
  await db.execute(sql`insert into projects (id, slug, name, created_at) values ('proj_a', 'a', 'a', now())`);
  await db.execute(sql`
    insert into files (id, project_id, name, content_hash, bytes, media_type, blob_url, status, latest_run_id, created_at, updated_at)
    values ('file_a', 'proj_a', 'f', 'hash', 1, 'text/plain', 'u', 'held', 'run_a', now(), now())`);
  await db.execute(sql`
    insert into runs (id, file_id, number, graph_version, settings, status, trace_id, root_span_id, created_at)
    values ('run_a', 'file_a', 1, 1, '{}', 'held', 't', 's', now())`);
  await db.execute(sql`
    insert into steps (id, run_id, name, shard, state, held_reason, input, flow_key, attempt_count, max_attempts, time_limit_ms)
    values ('step_a', 'run_a', 'embed', 0, 'held', 'budget_exhausted', '{}', 'project.a', 0, 4, 60000)`);
});
afterAll(() => database.drop());
beforeEach(() => emptyMoney(database.db));

async function account() {
  const [row] = await database.db.select().from(budgetAccounts);
  if (row === undefined) throw new Error("there is no account");
  return row;
}

/** A step that waits for money of the budget. */
async function hold(since: Date): Promise<void> {
  await database.db.insert(budgetHolds).values({
    id: "hold_a",
    stepId: "step_a",
    runId: "run_a",
    budgetId: "budget_a",
    key: "deployment",
    neededNanoUsd: entryNano,
    rank: since,
    since,
    place: 0,
  });
}

describe("a budget that is used up", () => {
  it.each([
    // Days of 23 and 25 hours; a midnight that does not come.
    ["day", "Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"],
    ["day", "Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"],
    ["day", "Africa/Cairo", "2026-04-22T22:00:00Z", "2026-04-23T22:00:00Z"],
    // Months of 28, 29 and 31 days; one in which the clocks change; the turn of a year.
    ["month", "America/New_York", "2026-02-01T05:00:00Z", "2026-03-01T05:00:00Z"],
    ["month", "America/New_York", "2026-03-01T05:00:00Z", "2026-04-01T04:00:00Z"],
    ["month", "UTC", "2028-02-01T00:00:00Z", "2028-03-01T00:00:00Z"],
    ["month", "Asia/Kolkata", "2026-11-30T18:30:00Z", "2026-12-31T18:30:00Z"],
    // The hour that clocks show twice.
    ["hour", "Europe/Berlin", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z"],
  ] as const)(
    "for a %s in %s from %s holds until %s to the millisecond, and then begins with nothing spent",
    async (timeWindow, timeZone, from, to) => {
      const { db } = database;
      const [first, turn] = [new Date(from), new Date(to)];
      const last = new Date(turn.getTime() - 1);
      const budget = newBudget("budget_a", 2n * entryNano, { timeWindow, timeZone });
      await db.transaction((tx) => openBudget(tx, budget, first));
      // The first and the last instant count in this window; what is set aside is carried into the next.
      await recordSpending(database, [newEntry("entry_first", first)]);
      expect(await reserve(db, [newAsk("res_last", entryNano)], { now: last })).toEqual([]);
      expect(await reserve(db, [newAsk("res_more", entryNano)], { now: last })).toMatchObject([
        { budgetId: "budget_a", freeNanoUsd: 0n },
      ]);
      await hold(last);
      const clock = createAdjustableClock({ frozenAt: last });
      expect(await fittingHolds({ db, clock })).toEqual([]);
      expect(await getBudget({ db, clock }, "budget_a")).toMatchObject({
        windowStart: first.toISOString(),
        windowEnd: turn.toISOString(),
        freeNanoUsd: "0",
      });

      clock.advance(1);
      expect(await getBudget({ db, clock }, "budget_a")).toMatchObject({
        windowStart: turn.toISOString(),
        settledNanoUsd: "0",
        reservedNanoUsd: String(entryNano),
        freeNanoUsd: String(entryNano),
      });
      expect(await fittingHolds({ db, clock })).toMatchObject([{ stepId: "step_a" }]);
      await db.delete(budgetHolds).where(eq(budgetHolds.id, "hold_a"));
      expect(await reserve(db, [newAsk("res_more", entryNano)], { now: turn })).toEqual([]);
      // What was set aside before the turn is spent after it, and one entry comes with a clock behind.
      await recordSpending(database, [
        newEntry("entry_turn", turn, { reservationId: "res_last" }),
        newEntry("entry_late", last, { reservationId: "res_more" }),
      ]);
      for (const id of ["res_last", "res_more"])
        await db.transaction((tx) => releaseReservation(tx, id, turn));
      expect(await account()).toMatchObject({
        windowStart: turn,
        settledNanoUsd: 2n * entryNano,
        reservedNanoUsd: 0n,
        unreservedNanoUsd: 0n,
        excessNanoUsd: 0n,
      });
      expect(await findDrift(db)).toEqual([]);
    },
  );
});
