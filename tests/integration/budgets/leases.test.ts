import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { findDrift } from "../../../src/costs/budgets/find-drift.ts";
import type { Share, Spending } from "../../../src/costs/budgets/lease-scope.ts";
import { createLeases } from "../../../src/costs/budgets/leases.ts";
import { openBudget } from "../../../src/costs/budgets/open-budget.ts";
import { settleAbandoned } from "../../../src/costs/budgets/settle-abandoned.ts";
import { seedPriceBook } from "../../../src/costs/prices/seed-price-book.ts";
import { budgetAccounts, reservations } from "../../../src/db/schema/budgets.ts";
import { ledger } from "../../../src/db/schema/costs.ts";
import { createAdjustableClock } from "../../../src/kernel/clock.ts";
import { emptyMoney } from "../../support/budgets/empty-money.ts";
import { newBudget } from "../../support/budgets/new-budget.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

const began = new Date("2026-03-15T12:00:00Z");
/** What one look-up costs. */
const lookUpNano = 4_000n;

let database: TestDatabase;
let clock: ReturnType<typeof createAdjustableClock>;
const ctx = () => ({ db: database.db, clock });
beforeAll(async () => {
  database = await createTestDatabase({ maxConnections: 12 });
  await seedPriceBook(database);
  await database.db.execute(
    sql`insert into projects (id, slug, name, created_at) values ('proj_a', 'a', 'a', now())`,
  );
});
afterAll(() => database.drop());
beforeEach(async () => {
  await emptyMoney(database.db);
  clock = createAdjustableClock({ frozenAt: began });
});

/** A look-up in the index, or several at once. */
function lookUps(quantity = 1): Spending {
  const line = { meter: "vector.queries", provider: "upstash", model: "*", quantity } as const;
  return { projectId: "proj_a", step: "search", lines: [line] };
}

const bought = (quantity: number) => new Map([[0, quantity]]);

async function open(lookUpCount: number): Promise<void> {
  const budget = newBudget("budget_a", BigInt(lookUpCount) * lookUpNano);
  await database.db.transaction((tx) => openBudget(tx, budget, began));
}

/** What the budget has settled and set aside, in look-ups. */
async function account(): Promise<{ settled: number; reserved: number }> {
  const [row] = await database.db.select().from(budgetAccounts);
  if (row === undefined) throw new Error("there is no account");
  expect(row).toMatchObject({ excessNanoUsd: 0n, unreservedNanoUsd: 0n });
  expect(await findDrift(database.db)).toEqual([]);
  return {
    settled: Number(row.settledNanoUsd / lookUpNano),
    reserved: Number(row.reservedNanoUsd / lookUpNano),
  };
}

const leaseCount = () => database.db.$count(reservations);

async function entries(): Promise<{ quantity: number; estimated: boolean }[]> {
  const rows = await database.db
    .select({ quantity: ledger.quantity, estimated: ledger.estimated })
    .from(ledger)
    .orderBy(ledger.id);
  return z.array(z.object({ quantity: z.number(), estimated: z.boolean() })).parse(rows);
}

describe("purchases that come one after the other", () => {
  it("set aside each its own, and have put it down and given back the rest when they are done", async () => {
    await open(100);
    const leases = createLeases(ctx());
    for (const [n, quantity] of [5, 3].entries()) {
      const share = await leases.take(lookUps(quantity));
      expect(await account()).toEqual({ settled: n * 2, reserved: quantity });
      await share.settle(bought(2));
      expect(await account()).toEqual({ settled: (n + 1) * 2, reserved: 0 });
    }
    expect(await leaseCount()).toBe(2);
  });

  it("that buy nothing leave no entry", async () => {
    await open(100);
    await (await createLeases(ctx()).take(lookUps(3))).settle(new Map());
    expect(await account()).toEqual({ settled: 0, reserved: 0 });
    expect(await entries()).toEqual([]);
  });
});

describe("purchases that overlap", () => {
  it("share leases that grow with them; the last one out puts down what all have bought", async () => {
    await open(1_000_000);
    const leases = createLeases(ctx());
    const shares: Share[] = [];
    for (let n = 0; n < 100; n += 1) shares.push(await leases.take(lookUps()));
    // 1, 1 + 2, 1 + 6, 1 + 14, 1 + 30, 1 + 62
    expect(await leaseCount()).toBe(6);
    expect((await account()).settled).toBe(0);
    await Promise.all(shares.map((share) => share.settle(bought(1))));
    expect(await account()).toEqual({ settled: 100, reserved: 0 });
    expect(await entries()).toHaveLength(6);
  });

  it("wait for one lease together where none is open", async () => {
    await open(1_000_000);
    const leases = createLeases(ctx());
    const first = leases.take(lookUps());
    const others = Array.from({ length: 20 }, () => leases.take(lookUps()));
    const shares = await Promise.all([first, ...others]);
    expect(await leaseCount()).toBe(2);
    await Promise.all(shares.map((share) => share.settle(bought(1))));
    expect(await account()).toEqual({ settled: 21, reserved: 0 });
  });

  it("leave to others in the lease what they do not buy", async () => {
    await open(10);
    const leases = createLeases(ctx());
    const [big, small] = await Promise.all([leases.take(lookUps(8)), leases.take(lookUps(1))]);
    await big.settle(bought(1));
    expect(await account()).toMatchObject({ settled: 1 });
    await small.settle(bought(1));
    expect(await account()).toEqual({ settled: 2, reserved: 0 });
  });

  it("do not leave to others what they have bought", async () => {
    await open(1_000_000);
    const leases = createLeases(ctx());
    const first = await leases.take(lookUps());
    // One that has room for three: for this one, and for two more.
    const second = await leases.take(lookUps());
    const third = await leases.take(lookUps());
    await second.settle(bought(1));
    const fourth = await leases.take(lookUps());
    expect(await leaseCount()).toBe(2);
    const fifth = await leases.take(lookUps());
    expect(await leaseCount()).toBe(3);
    for (const share of [first, third, fourth, fifth]) await share.settle(bought(1));
    expect(await account()).toEqual({ settled: 5, reserved: 0 });
  });

  it("share a lease for a second at most, so that no entry is later than that and its purchase", async () => {
    await open(1_000_000);
    const leases = createLeases(ctx());
    const held = await leases.take(lookUps());
    const second = await leases.take(lookUps());
    expect(await leaseCount()).toBe(2);
    const third = await leases.take(lookUps());
    expect(await leaseCount()).toBe(2);
    clock.advance(1_000);
    const late = await leases.take(lookUps());
    expect(await leaseCount()).toBe(3);
    for (const share of [held, second, third]) await share.settle(bought(1));
    expect((await account()).settled).toBe(3);
    await late.settle(bought(1));
    expect(await account()).toEqual({ settled: 4, reserved: 0 });
  });

  it("of different kinds do not share", async () => {
    await open(1_000_000);
    const leases = createLeases(ctx());
    const one = await leases.take(lookUps());
    const other = await leases.take({ ...lookUps(), step: "probe" });
    expect(await leaseCount()).toBe(2);
    await Promise.all([one.settle(bought(1)), other.settle(bought(1))]);
    expect(await account()).toEqual({ settled: 2, reserved: 0 });
  });
});

describe("near its limit", () => {
  it("a budget is not taken by the spare of a lease: a sixteenth of what is free, and not more", async () => {
    await open(160);
    const leases = createLeases(ctx());
    const shares: Share[] = [];
    for (let n = 0; n < 40; n += 1) shares.push(await leases.take(lookUps()));
    const { reserved } = await account();
    expect(reserved).toBeLessThanOrEqual(40 + 10);
    await Promise.all(shares.map((share) => share.settle(bought(1))));
    expect(await account()).toEqual({ settled: 40, reserved: 0 });
  });

  it("purchases that do not fit together are let in one by one, as far as the money reaches", async () => {
    await open(5);
    const leases = createLeases(ctx());
    const taken = await Promise.allSettled(Array.from({ length: 8 }, () => leases.take(lookUps())));
    const refused = taken.filter((one) => one.status === "rejected");
    expect(refused.map(({ reason }) => reason)).toMatchObject(
      refused.map(() => ({
        code: "budget_exhausted",
        details: { budgetId: "budget_a", neededNanoUsd: String(lookUpNano), freeNanoUsd: "0" },
      })),
    );
    expect(refused).toHaveLength(3);
    expect(await account()).toEqual({ settled: 0, reserved: 5 });
    for (const one of taken) if (one.status === "fulfilled") await one.value.settle(bought(1));
    expect(await account()).toEqual({ settled: 5, reserved: 0 });
  });

  it("a fault of the database is told to all who wait, and the next purchase begins anew", async () => {
    await open(5);
    const broken = createLeases({
      clock,
      db: { ...database.db, transaction: () => Promise.reject(new Error("gone")) },
    });
    const taken = await Promise.allSettled([broken.take(lookUps()), broken.take(lookUps())]);
    expect(taken.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(broken.take(lookUps())).rejects.toThrow("gone");
  });
});

describe("a process that dies with a lease", () => {
  it("strands it until it expires: then the most that it may have bought is put down, as an estimate", async () => {
    await open(1_000);
    const leases = createLeases(ctx());
    const shares = [await leases.take(lookUps()), await leases.take(lookUps())];
    await shares[1]?.settle(bought(1));
    // The second lease had room for three; the last one out has put one down. The first is never settled.
    expect(await account()).toEqual({ settled: 1, reserved: 1 });
    clock.advance(9 * 60_000);
    expect(await settleAbandoned(ctx())).toBe(0);
    clock.advance(60_000);
    expect(await settleAbandoned(ctx())).toBe(1);
    expect(await settleAbandoned(ctx())).toBe(0);
    expect(await account()).toEqual({ settled: 2, reserved: 0 });
    expect((await entries()).filter(({ estimated }) => estimated)).toEqual([
      { quantity: 1, estimated: true },
    ]);
  });

  it("and wakes up after that adds nothing to it", async () => {
    await open(1_000);
    const share = await createLeases(ctx()).take(lookUps(5));
    clock.advance(10 * 60_000);
    await Promise.all([settleAbandoned(ctx()), settleAbandoned(ctx())]);
    await share.settle(bought(2));
    expect(await account()).toEqual({ settled: 5, reserved: 0 });
    const [lease] = await database.db.select().from(reservations).where(eq(reservations.state, "closed"));
    expect(lease).toMatchObject({ workNanoUsd: 0n, grantedNanoUsd: 5n * lookUpNano });
    expect(await entries()).toEqual([{ quantity: 5, estimated: true }]);
  });
});
