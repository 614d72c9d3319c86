import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { findDrift } from "../../../src/costs/budgets/find-drift.ts";
import type { Share, Spending } from "../../../src/costs/budgets/lease-scope.ts";
import { createLeases, type Leases } from "../../../src/costs/budgets/leases.ts";
import { openBudget } from "../../../src/costs/budgets/open-budget.ts";
import { settleAbandoned } from "../../../src/costs/budgets/settle-abandoned.ts";
import { seedPriceBook } from "../../../src/costs/prices/seed-price-book.ts";
import { budgetAccounts } from "../../../src/db/schema/budgets.ts";
import { createAdjustableClock } from "../../../src/kernel/clock.ts";
import { WaybillError } from "../../../src/kernel/errors.ts";
import { emptyMoney } from "../../support/budgets/empty-money.ts";
import { newBudget } from "../../support/budgets/new-budget.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

const began = new Date("2026-03-28T22:59:00Z");
const expiryMs = 10 * 60_000;
const lookUpNano = 4_000n;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ maxConnections: 12 });
  await seedPriceBook(database);
  await database.db.execute(sql`
    insert into projects (id, slug, name, created_at) select 'proj_' || n, 'p' || n, 'p' || n, now() from generate_series(0, 1) n`);
});
afterAll(() => database.drop());

/** What can happen to the leases of two processes. The numbers choose among few, so that purchases meet. */
type Move =
  | { readonly do: "take"; readonly process: number; readonly project: number; readonly quantity: number }
  | { readonly do: "settle"; readonly share: number; readonly part: number }
  | { readonly do: "crash"; readonly process: number }
  | { readonly do: "tick" }
  | { readonly do: "wait"; readonly ms: number };

const kind = <Name extends string>(name: Name) => fc.constant(name);
/** Mostly the same, so that purchases share. */
const process = fc.constantFrom(0, 0, 0, 1);
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      do: kind("take"),
      process,
      project: fc.constantFrom(0, 0, 0, 1),
      quantity: fc.constantFrom(1, 1, 1, 3),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: kind("settle"), share: fc.nat(30), part: fc.constantFrom(4, 4, 4, 2, 1, 0) }),
  },
  { weight: 1, arbitrary: fc.record({ do: kind("crash"), process }) },
  { weight: 1, arbitrary: fc.record({ do: kind("tick") }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: kind("wait"), ms: fc.constantFrom(200, 1_000, 60_000, expiryMs) }),
  },
);

interface Purchase {
  readonly process: Leases;
  readonly share: Share;
  readonly quantity: number;
}

/** Two processes, and what they have bought. */
function createWorld() {
  const clock = createAdjustableClock({ frozenAt: began });
  const ctx = { db: database.db, clock };
  const processes = [createLeases(ctx), createLeases(ctx)];
  const underWay: Purchase[] = [];
  let bought = 0;
  let crashed = false;

  async function take(move: Move & { do: "take" }): Promise<void> {
    const leases = processes[move.process];
    if (leases === undefined) return;
    const line = {
      meter: "vector.queries",
      provider: "upstash",
      model: "*",
      quantity: move.quantity,
    } as const;
    const spending: Spending = { projectId: `proj_${move.project}`, step: "search", lines: [line] };
    try {
      const share = await leases.take(spending);
      // One that was taken as its process died has nobody who could settle it.
      if (processes.includes(leases)) underWay.push({ process: leases, share, quantity: move.quantity });
    } catch (error) {
      if (!(error instanceof WaybillError && error.code === "budget_exhausted")) throw error;
    }
  }

  async function settle({ share, quantity }: Purchase, part: number): Promise<void> {
    const spent = Math.min(part, quantity);
    bought += spent;
    await share.settle(new Map([[0, spent]]));
  }

  async function doMove(move: Move): Promise<void> {
    switch (move.do) {
      case "take":
        return take(move);
      case "settle": {
        const [purchase] = underWay.splice(move.share % Math.max(underWay.length, 1), 1);
        return purchase && settle(purchase, move.part);
      }
      case "crash": {
        const dead = processes[move.process];
        processes[move.process] = createLeases(ctx);
        // What they bought is bought: each has asked its provider for all that it might.
        for (const lost of underWay.filter((one) => one.process === dead)) bought += lost.quantity;
        underWay.splice(0, underWay.length, ...underWay.filter((one) => one.process !== dead));
        crashed = true;
        return;
      }
      case "tick":
        await settleAbandoned(ctx);
        return;
      case "wait":
        // A process whose purchase outlives its lease is as good as dead: no request may take that long.
        if (move.ms < expiryMs || underWay.length === 0) clock.advance(move.ms);
    }
  }

  return {
    doMove,
    /** Lets everything come to its end. */
    async end() {
      await Promise.all(underWay.splice(0).map((one) => settle(one, one.quantity)));
      clock.advance(expiryMs);
      await settleAbandoned(ctx);
      return { bought, crashed };
    },
  };
}

async function expectTrue(): Promise<void> {
  expect(await findDrift(database.db)).toEqual([]);
  for (const account of await database.db.select().from(budgetAccounts)) {
    expect(account).toMatchObject({ excessNanoUsd: 0n, unreservedNanoUsd: 0n });
    expect(account.settledNanoUsd + account.reservedNanoUsd).toBeLessThanOrEqual(account.limitNanoUsd);
  }
}

async function inLedger(): Promise<{ quantity: number; estimated: number }> {
  const { rows } = await database.db.execute(sql`
    select coalesce(sum(quantity), 0)::int as quantity, count(*) filter (where estimated)::int as estimated from ledger`);
  return z.object({ quantity: z.number(), estimated: z.number() }).parse(rows[0]);
}

describe("leases", () => {
  it("keep every account true and within its limit, and the ledger never below what was bought, whatever happens", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(move, { minLength: 20, maxLength: 80 }),
        fc.constantFrom(1, 5),
        fc.constantFrom(12, 100, 400),
        async (moves, atOnce, limit) => {
          await emptyMoney(database.db);
          const limitNanoUsd = BigInt(limit) * lookUpNano;
          const budgets = [
            newBudget("budget_all", limitNanoUsd, { timeWindow: "day", timeZone: "Europe/Berlin" }),
            newBudget("budget_one", limitNanoUsd / 2n, { scope: "project", projectId: "proj_0" }),
          ];
          for (const budget of budgets) await database.db.transaction((tx) => openBudget(tx, budget, began));
          const world = createWorld();
          for (let at = 0; at < moves.length; at += atOnce) {
            await Promise.all(moves.slice(at, at + atOnce).map((one) => world.doMove(one)));
            await expectTrue();
          }
          const { bought, crashed } = await world.end();
          await expectTrue();
          const accounts = await database.db.select().from(budgetAccounts);
          expect(accounts.map(({ reservedNanoUsd }) => reservedNanoUsd)).toEqual([0n, 0n]);
          const { quantity, estimated } = await inLedger();
          if (crashed) expect(quantity).toBeGreaterThanOrEqual(bought);
          else expect({ quantity, estimated }).toEqual({ quantity: bought, estimated: 0 });
        },
      ),
      { numRuns: 15, endOnFailure: true },
    );
  }, 180_000);
});
