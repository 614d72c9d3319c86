import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findDrift } from "../../../src/costs/budgets/find-drift.ts";
import { releaseReservation } from "../../../src/costs/budgets/give-back.ts";
import { openBudget } from "../../../src/costs/budgets/open-budget.ts";
import { reserve } from "../../../src/costs/budgets/reserve.ts";
import { recordEntries } from "../../../src/costs/ledger/record-entries.ts";
import { seedPriceBook } from "../../../src/costs/prices/seed-price-book.ts";
import { budgetAccounts } from "../../../src/db/schema/budgets.ts";
import { systemClock } from "../../../src/kernel/clock.ts";
import { newAsk } from "../../support/budgets/new-ask.ts";
import { newBudget } from "../../support/budgets/new-budget.ts";
import { newEntry } from "../../support/new-entry.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

const now = new Date("2026-03-15T12:00:00Z");
/** What 1,000 tokens of the local model cost. */
const entryNano = 20_000n;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ maxConnections: 34 });
  await seedPriceBook({ db: database.db, clock: systemClock });
});
afterAll(() => database.drop());

async function accountOf(id: string) {
  const [account] = await database.db.select().from(budgetAccounts).where(sql`budget_id = ${id}`);
  if (account === undefined) throw new Error(`budget ${id} has no account`);
  return account;
}

describe("a hard budget", () => {
  it("lets 32 workers at once take no more than the limit, and all of what they may", async () => {
    const { db } = database;
    await db.transaction((tx) => openBudget(tx, newBudget("budget_a", 100n * entryNano), now));
    let most = 0n;
    let done = 0;
    const sampler = async () => {
      while (done < 32) {
        const { settledNanoUsd, reservedNanoUsd, excessNanoUsd } = await accountOf("budget_a");
        if (settledNanoUsd + reservedNanoUsd > most) most = settledNanoUsd + reservedNanoUsd;
        expect(excessNanoUsd).toBe(0n);
      }
    };
    let granted = 0;
    const worker = async (number: number) => {
      for (let n = 0; n < 8; n += 1) {
        const id = `res_${number}_${n}`;
        const refused = await reserve(db, [newAsk(id, 2n * entryNano)], { now });
        if (refused.length > 0) continue;
        granted += 1;
        // Every third costs less than was set aside, and gives back what is left.
        const quantity = n % 3 === 0 ? 500 : 2_000;
        const entry = newEntry(`entry_${id}`, now, { quantity, reservationId: id });
        await db.transaction((tx) => recordEntries(tx, [entry]));
        await db.transaction((tx) => releaseReservation(tx, id, now));
      }
      done += 1;
    };
    await Promise.all([sampler(), ...Array.from({ length: 32 }, (_, number) => worker(number))]);
    expect(most).toBeLessThanOrEqual(100n * entryNano);
    // What was refused while others held the rest is asked for again, until nothing more fits.
    for (let n = 0; ; n += 1) {
      const refused = await reserve(db, [newAsk(`res_last_${n}`, 2n * entryNano)], { now });
      if (refused.length > 0) break;
    }
    const account = await accountOf("budget_a");
    expect(account).toMatchObject({ excessNanoUsd: 0n, unreservedNanoUsd: 0n });
    const used = account.settledNanoUsd + account.reservedNanoUsd;
    expect(used).toBeGreaterThan(98n * entryNano);
    expect(used).toBeLessThanOrEqual(100n * entryNano);
    expect(granted).toBeGreaterThanOrEqual(32);
    expect(await findDrift(db)).toEqual([]);
  });
});
