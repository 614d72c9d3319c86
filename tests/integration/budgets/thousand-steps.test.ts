import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { passBudgetGate } from "../../../src/costs/budgets/budget-gate.ts";
import { changeBudget } from "../../../src/costs/budgets/change-budget.ts";
import { findDrift } from "../../../src/costs/budgets/find-drift.ts";
import { releaseReservation } from "../../../src/costs/budgets/give-back.ts";
import { openBudget } from "../../../src/costs/budgets/open-budget.ts";
import { reserve } from "../../../src/costs/budgets/reserve.ts";
import { recordEntries } from "../../../src/costs/ledger/record-entries.ts";
import { seedPriceBook } from "../../../src/costs/prices/seed-price-book.ts";
import type { Db } from "../../../src/db/client.ts";
import { budgetAccounts, reservations } from "../../../src/db/schema/budgets.ts";
import { systemClock } from "../../../src/kernel/clock.ts";
import { newAsk } from "../../support/budgets/new-ask.ts";
import { newBudget } from "../../support/budgets/new-budget.ts";
import { newEntry } from "../../support/new-entry.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

const now = new Date("2026-03-15T12:00:00Z");
const workers = 32;
const fanOut = 8;
const steps = 1_000;
const latencyMs = 50;
/** What 1,000 tokens of the local model cost, which is what a step is expected to take. */
const stepNano = 20_000n;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ maxConnections: workers + 2 });
  await seedPriceBook(database);
});
afterAll(() => database.drop());

async function account() {
  const [row] = await database.db.select().from(budgetAccounts);
  if (row === undefined) throw new Error("there is no account");
  return row;
}

/** Thrown where a worker is killed: what its transaction did is gone. */
const killed = new Error("killed");

/** A transaction that the worker does not live to commit, for some steps. */
async function unlessKilled(dies: boolean, work: (tx: Db) => Promise<unknown>): Promise<boolean> {
  try {
    await database.db.transaction(async (tx) => {
      await passBudgetGate(tx);
      await work(tx);
      if (dies) throw killed;
    });
    return true;
  } catch (error) {
    if (error === killed) return false;
    throw error;
  }
}

/** Which steps die where, and what the others cost in parts of what was set aside: every one its own way. */
const diesReserving = (step: number) => step % 17 === 3;
const diesSettling = (step: number) => step % 11 === 5;
const tokensOf = (step: number) => (step % 3 === 0 ? 400 : 1_000);

describe("a thousand steps of 32 workers, some of which die, on one hard budget", () => {
  it("never have more spent and set aside than the limit, and all come to their end once it is raised", async () => {
    const { db } = database;
    const limit = 300n * stepNano;
    await db.transaction((tx) => openBudget(tx, newBudget("budget_a", limit), now));
    const waiting = Array.from({ length: steps }, (_, step) => step);
    const held: number[] = [];
    const attempts = new Map<number, number>();
    let most = 0n;
    let samples = 0;
    let working = true;
    const sampler = async () => {
      while (working) {
        const { settledNanoUsd, reservedNanoUsd, limitNanoUsd, excessNanoUsd } = await account();
        if (settledNanoUsd + reservedNanoUsd > most) most = settledNanoUsd + reservedNanoUsd;
        expect(settledNanoUsd + reservedNanoUsd).toBeLessThanOrEqual(limitNanoUsd);
        expect(excessNanoUsd).toBe(0n);
        samples += 1;
      }
    };

    /** Sets aside what a few steps may cost. @returns those that may be worked on */
    async function dispatch(asked: readonly number[]): Promise<number[]> {
      const asks = asked.map((step) => newAsk(`res_${step}`, stepNano));
      let refused: ReadonlySet<string> = new Set();
      const first = asked.filter((step) => !attempts.has(step));
      for (const step of asked) attempts.set(step, (attempts.get(step) ?? 0) + 1);
      const ask = async (tx: Db) => {
        refused = new Set((await reserve(tx, asks, { now })).map(({ id }) => id));
      };
      // One that dies before its commit has set nothing aside: the message comes again.
      if (!(await unlessKilled(first.some(diesReserving), ask))) await unlessKilled(false, ask);
      held.push(...asked.filter((step) => refused.has(`res_${step}`)));
      return asked.filter((step) => !refused.has(`res_${step}`));
    }

    async function work(step: number): Promise<void> {
      await systemClock.wait(latencyMs);
      const settle = (estimated: boolean) => async (tx: Db) => {
        // Whoever comes after one that died knows no more than what was set aside.
        const quantity = estimated ? 1_000 : tokensOf(step);
        const of = { quantity, estimated, reservationId: `res_${step}` };
        await recordEntries(tx, [newEntry(`entry_${step}`, now, of)]);
        await releaseReservation(tx, `res_${step}`, now);
      };
      if (!(await unlessKilled(diesSettling(step), settle(false)))) await unlessKilled(false, settle(true));
    }

    async function worker(queue: number[]): Promise<void> {
      while (queue.length > 0) await Promise.all((await dispatch(queue.splice(0, fanOut))).map(work));
    }

    const sampling = sampler();
    await Promise.all(Array.from({ length: workers }, () => worker(waiting)));
    expect(held.length).toBeGreaterThan(steps / 2);
    expect((await account()).reservedNanoUsd).toBe(0n);
    // What was given back after a refusal lets held steps go on, until nothing more fits.
    for (let before = -1; before !== held.length; ) {
      before = held.length;
      const again = held.splice(0, fanOut);
      await Promise.all((await dispatch(again)).map(work));
    }
    expect(most).toBeGreaterThan(290n * stepNano);

    const raised = BigInt(steps) * stepNano;
    await db.transaction((tx) => changeBudget(tx, "budget_a", { limitNanoUsd: raised }, now));
    const rest = held.splice(0);
    await Promise.all(Array.from({ length: workers }, () => worker(rest)));
    working = false;
    await sampling;
    expect(held).toEqual([]);
    expect(samples).toBeGreaterThan(10);
    await everythingEnded();
  }, 240_000);
});

/** Each step is in the ledger once, at what it cost or at its estimate; nothing is set aside any more. */
async function everythingEnded(): Promise<void> {
  const { db } = database;
  expect(await findDrift(db)).toEqual([]);
  const { rows } = await db.execute(sql`
    select count(*)::int as entries, count(*) filter (where estimated)::int as estimated, sum(quantity)::int as tokens from ledger`);
  const all = Array.from({ length: steps }, (_, step) => step);
  const expected = all.map((step) => (diesSettling(step) ? 1_000 : tokensOf(step)));
  expect(z.array(z.unknown()).parse(rows)).toEqual([
    {
      entries: steps,
      estimated: all.filter(diesSettling).length,
      tokens: expected.reduce((sum, tokens) => sum + tokens, 0),
    },
  ]);
  expect(await db.$count(reservations, sql`state = 'open'`)).toBe(0);
  expect(await account()).toMatchObject({ reservedNanoUsd: 0n, excessNanoUsd: 0n, unreservedNanoUsd: 0n });
}
