import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { findDrift } from "../../../src/costs/budgets/find-drift.ts";
import { seedPriceBook } from "../../../src/costs/prices/seed-price-book.ts";
import { budgetAccounts } from "../../../src/db/schema/budgets.ts";
import { systemClock } from "../../../src/kernel/clock.ts";
import { emptyMoney } from "../../support/budgets/empty-money.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";
import { anyMoves, doMove, type Move, orderlyMoves, seedSubjects } from "./moves.ts";

const began = new Date("2026-03-28T21:30:00Z");

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ maxConnections: 12 });
  await seedPriceBook({ db: database.db, clock: systemClock });
  await seedSubjects(database.db);
});
afterAll(() => database.drop());

/** Does the moves, `atOnce` of them at a time, and holds the accounts against ledger and reservations after each. */
async function play(moves: readonly Move[], atOnce: number, after: () => Promise<void>): Promise<void> {
  const { db } = database;
  await emptyMoney(db);
  let nowMs = began.getTime();
  const begin = [0, 1, 2, 4, 5, 6].map((budget) => ({ do: "begin" as const, budget, tokens: 20 + budget }));
  for (const move of begin) await doMove(db, move, new Date(nowMs));
  for (let at = 0; at < moves.length; at += atOnce) {
    const now = new Date(nowMs);
    const group = moves.slice(at, at + atOnce);
    const done = await Promise.allSettled(group.map((move) => doMove(db, move, now)));
    expect(done.filter((result) => result.status === "rejected")).toEqual([]);
    for (const move of group) if (move.do === "wait") nowMs += move.minutes * 60_000;
    expect(await findDrift(db)).toEqual([]);
    await after();
  }
}

async function expectWithinLimits(): Promise<void> {
  const accounts = await database.db.select().from(budgetAccounts);
  for (const account of accounts) {
    expect(account.excessNanoUsd).toBe(0n);
    expect(account.unreservedNanoUsd).toBe(0n);
    if (account.mode === "soft") continue;
    expect(account.settledNanoUsd + account.reservedNanoUsd).toBeLessThanOrEqual(account.limitNanoUsd);
  }
}

/** What no reservation covered is noted on the entries that it belongs to, and nowhere else. */
async function expectUnreservedNoted(): Promise<void> {
  const { rows } = await database.db.execute(sql`
    select count(*)::int as wrong from budget_accounts a where excess_nano_usd > greatest(0, settled_nano_usd + reserved_nano_usd - limit_nano_usd)
      or (mode = 'hard' and settled_nano_usd + reserved_nano_usd > limit_nano_usd + excess_nano_usd)`);
  expect(z.array(z.object({ wrong: z.number() })).parse(rows)[0]?.wrong).toBe(0);
}

describe("budget accounts", () => {
  it("are the sums of ledger and reservations, and within their limits, whatever is asked, paid and given back", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(orderlyMoves, { minLength: 5, maxLength: 40 }), (moves) =>
        play(moves, 1, expectWithinLimits),
      ),
      { numRuns: 25 },
    );
  }, 120_000);

  it("are so too when several transactions move money at once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(orderlyMoves, { minLength: 12, maxLength: 60 }), (moves) =>
        play(moves, 6, expectWithinLimits),
      ),
      { numRuns: 25 },
    );
  }, 120_000);

  it("are those sums when more is spent than was set aside, prices are corrected, clocks lag and budgets change", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyMoves, { minLength: 10, maxLength: 60 }),
        fc.constantFrom(1, 6),
        (moves, atOnce) => play(moves, atOnce, expectUnreservedNoted),
      ),
      { numRuns: 40 },
    );
  }, 180_000);
});
