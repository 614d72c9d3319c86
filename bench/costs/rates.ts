import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { changeBudget } from "../../src/costs/budgets/change-budget.ts";
import { findDrift } from "../../src/costs/budgets/find-drift.ts";
import type { Spending } from "../../src/costs/budgets/lease-scope.ts";
import { createLeases, type Leases } from "../../src/costs/budgets/leases.ts";
import { openBudget } from "../../src/costs/budgets/open-budget.ts";
import { spendWithin } from "../../src/costs/budgets/spend-within.ts";
import { seedPriceBook } from "../../src/costs/prices/seed-price-book.ts";
import type { Database } from "../../src/db/client.ts";
import { budgetAccounts } from "../../src/db/schema/budgets.ts";
import { projects } from "../../src/db/schema/projects.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { WaybillError } from "../../src/kernel/errors.ts";
import { meters } from "../../src/telemetry/names.ts";
import { newBudget } from "../../tests/support/budgets/new-budget.ts";
import { processorMsOfTree } from "../processor-time.ts";
import { figure, quantile } from "../report.ts";
import type { Store } from "../store.ts";

const workers = 32;
const rounds = 5;
const roundMs = 2_000;
/** More than is ever spent here. */
const wideLimit = 10n ** 15n;
/** How many purchases a tight budget has room for. */
const tightPurchases = 2_000n;

/** A look-up: it costs 4,000 nano-USD. */
const purchase: Spending = {
  projectId: "proj_hot",
  step: "search",
  lines: [{ meter: meters.vectorQueries, provider: "upstash", model: "*", quantity: 1 }],
};

/**
 * How often 32 workers at once set money aside and settle it, on one hard budget of the deployment: as workers of
 * 32 processes, each of which moves the budget's account for each purchase, and of one process, which leases.
 * Then until a budget is used up, and what was spent above it.
 */
export async function benchRates(store: Store): Promise<void> {
  const database = await store.create("rates", { maxConnections: workers });
  const ctx = { db: database.db, clock: systemClock };
  await seedPriceBook(ctx);
  const at = systemClock.now();
  await database.db.insert(projects).values({ id: "proj_hot", slug: "hot", name: "Hot", createdAt: at });
  await database.db.transaction((tx) => openBudget(tx, newBudget("budget_hot", wideLimit), at));
  const ways = {
    row: () => Array.from({ length: workers }, () => createLeases(ctx)),
    lease: () => {
      const shared = createLeases(ctx);
      return Array.from({ length: workers }, () => shared);
    },
  };
  const seen: { row: number[]; lease: number[] } = { row: [], lease: [] };
  const processorUs: { row: number[]; lease: number[] } = { row: [], lease: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const way of ["row", "lease"] as const) {
      const before = await processorMsOfTree(process.pid);
      const startedMs = performance.now();
      const done = await spendAll(ways[way](), () => performance.now() - startedMs < roundMs);
      seen[way].push((done * 1000) / (performance.now() - startedMs));
      processorUs[way].push((((await processorMsOfTree(process.pid)) - before) * 1000) / done);
    }
  }
  figure("reserved and settled, 32 workers, by row, best of five", Math.max(...seen.row), "/s", {
    name: "goal",
    value: 600,
  });
  figure("by row, median", quantile(seen.row), "/s");
  figure("by lease, best of five", Math.max(...seen.lease), "/s", { name: "goal", value: 20_000 });
  figure("by lease, median", quantile(seen.lease), "/s", { name: "row", value: quantile(seen.row) });
  figure("by row, processor time of each, Postgres included, least", Math.min(...processorUs.row), "µs");
  figure("by lease, processor time of each, Postgres included, least", Math.min(...processorUs.lease), "µs");
  for (const way of ["row", "lease"] as const) await untilUsedUp(database, way, ways[way]());
  figure("accounts that differ from ledger and reservations", (await findDrift(database.db)).length, "");
  await database.close();
}

/** @returns how many purchases were made until nobody wanted or could make another */
async function spendAll(each: readonly Leases[], more: () => boolean): Promise<number> {
  const done = await Promise.all(
    each.map(async (leases) => {
      let own = 0;
      while (more() && (await buy(leases))) own += 1;
      return own;
    }),
  );
  return done.reduce((sum, own) => sum + own, 0);
}

/** @returns whether the budget had room for it */
async function buy(leases: Leases): Promise<boolean> {
  try {
    await spendWithin({ leases }, purchase, async (bought) => {
      // A provider that answers at once: others come in between.
      await setImmediate();
      bought(0, 1);
    });
    return true;
  } catch (error) {
    if (error instanceof WaybillError && error.code === "budget_exhausted") return false;
    throw error;
  }
}

async function untilUsedUp(database: Database, way: string, each: readonly Leases[]): Promise<void> {
  const before = (await account(database)).settledNanoUsd;
  await setLimit(database, before + tightPurchases * 4_000n);
  let bought = await spendAll(each, () => true);
  // What was set aside for others when they were refused is there for who comes after them.
  while (await buy(createLeases({ db: database.db, clock: systemClock }))) bought += 1;
  const { limitNanoUsd, settledNanoUsd, reservedNanoUsd, excessNanoUsd } = await account(database);
  figure(`purchases out of a budget for ${tightPurchases}, by ${way}`, bought, "");
  figure("  spent above its limit", Number(excessNanoUsd), "nano-USD");
  figure("  left of it", Number(limitNanoUsd - settledNanoUsd - reservedNanoUsd), "nano-USD");
  await setLimit(database, wideLimit);
}

async function account({ db }: Database): Promise<typeof budgetAccounts.$inferSelect> {
  const [found] = await db.select().from(budgetAccounts);
  if (found === undefined) throw new WaybillError("budget_not_found");
  return found;
}

function setLimit({ db }: Database, limitNanoUsd: bigint): Promise<boolean> {
  return db.transaction((tx) => changeBudget(tx, "budget_hot", { limitNanoUsd }, systemClock.now()));
}
