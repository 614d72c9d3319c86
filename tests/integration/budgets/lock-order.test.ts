import { afterAll, beforeAll, expect, it } from "vitest";
import { passBudgetGate } from "../../../src/costs/budgets/budget-gate.ts";
import { findDrift } from "../../../src/costs/budgets/find-drift.ts";
import { releaseReservation } from "../../../src/costs/budgets/give-back.ts";
import { openBudget } from "../../../src/costs/budgets/open-budget.ts";
import { reserve } from "../../../src/costs/budgets/reserve.ts";
import { recordEntries } from "../../../src/costs/ledger/record-entries.ts";
import { seedPriceBook } from "../../../src/costs/prices/seed-price-book.ts";
import type { Db } from "../../../src/db/client.ts";
import { newAsk } from "../../support/budgets/new-ask.ts";
import { newBudget } from "../../support/budgets/new-budget.ts";
import { newEntry } from "../../support/new-entry.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

const now = new Date("2026-03-15T12:00:00Z");
const workers = 12;
const moves = 480;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ maxConnections: workers });
  await seedPriceBook(database);
});
afterAll(() => database.drop());

/** The n-th of moves that follow each other on two reservations at a time. */
async function move(tx: Db, n: number): Promise<unknown> {
  const id = `res_${Math.floor(n / workers)}_${n % 2}`;
  switch (Math.floor(n / 2) % 4) {
    case 0:
      return reserve(tx, [newAsk(id, 200_000n + BigInt(n))], { now });
    case 1:
      return releaseReservation(tx, id, now);
    default:
      return recordEntries(tx, [newEntry(`entry_${n}`, now, { reservationId: id, quantity: 10 })]);
  }
}

it("whoever moves the money of one reservation at the same time, none waits for another in a circle", async () => {
  const { db } = database;
  await db.transaction((tx) => openBudget(tx, newBudget("budget_a", 10n ** 15n), now));
  await db.transaction((tx) => openBudget(tx, newBudget("budget_b", 10n ** 15n, { timeWindow: "day" }), now));
  let next = 0;
  const worker = async () => {
    for (let n = next++; n < moves; n = next++) {
      await db.transaction(async (tx) => {
        await passBudgetGate(tx);
        await move(tx, n);
      });
    }
  };
  // Postgres ends a circle by a fault in one of its transactions.
  const done = await Promise.allSettled(Array.from({ length: workers }, worker));
  expect(done.filter(({ status }) => status === "rejected")).toEqual([]);
  expect(await findDrift(db)).toEqual([]);
}, 60_000);
