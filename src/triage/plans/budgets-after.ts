import { budgetKeys, fileOfKey } from "../../costs/budgets/budget-keys.ts";
import type { WorkPrice } from "../../costs/budgets/price-work.ts";
import { type BudgetRoom, readRoom } from "../../costs/budgets/read-room.ts";
import type { DbContext } from "../../db/context.ts";
import type { PlanView } from "./plan-view.ts";

/** What the budgets would have left after a plan, and how many of its files would wait for money. */
export type BudgetsAfter = Pick<PlanView, "budgets" | "held">;

/** @param files the included files' ids, in the plan's order */
export async function budgetsAfter(
  ctx: Pick<DbContext, "db" | "clock">,
  files: readonly string[],
  prices: readonly WorkPrice[],
): Promise<BudgetsAfter> {
  const shared = new Set(prices.flatMap(({ subject }) => budgetKeys({ ...subject, fileId: null })));
  const rooms = await readRoom(ctx, { shared: [...shared], files });
  return weighRooms(rooms, files, prices);
}

interface Range {
  low: bigint;
  high: bigint;
}

/**
 * Weighs what files may cost against what budgets have left: a file waits for a hard budget from the one on whose
 * highest costs, with those of the files before it, no longer fit. Pure.
 */
export function weighRooms(
  rooms: readonly BudgetRoom[],
  files: readonly string[],
  prices: readonly WorkPrice[],
): BudgetsAfter {
  const costs = costsByKey(prices);
  const waiting = new Set<string>();
  const budgets = [...Map.groupBy(rooms, ({ budgetId }) => budgetId).values()].flatMap((accounts) => {
    const tightest = accounts.toSorted((a, b) => compare(leftAfter(a, costs), leftAfter(b, costs)))[0];
    if (tightest === undefined) return [];
    const held = new Set(accounts.flatMap((room) => (room.hard ? waitFor(room, files, costs) : [])));
    for (const file of held) waiting.add(file);
    const { low, high } = totalOf(costs, tightest.key);
    const free = tightest.freeNanoUsd;
    return {
      budgetId: tightest.budgetId,
      label: tightest.label,
      freeNanoUsd: free.toString(),
      leftLowNanoUsd: (free - high).toString(),
      leftHighNanoUsd: (free - low).toString(),
      held: held.size,
    };
  });
  return { budgets, held: waiting.size };
}

/** By a budget's subject: what each file may cost in it. */
type Costs = ReadonlyMap<string, ReadonlyMap<string, Range>>;

function costsByKey(prices: readonly WorkPrice[]): Costs {
  const costs = new Map<string, Map<string, Range>>();
  for (const { subject, low, high } of prices) {
    for (const key of budgetKeys(subject)) {
      const byFile = costs.get(key) ?? new Map<string, Range>();
      const before = byFile.get(subject.fileId) ?? { low: 0n, high: 0n };
      byFile.set(subject.fileId, { low: before.low + low, high: before.high + high });
      costs.set(key, byFile);
    }
  }
  return costs;
}

function totalOf(costs: Costs, key: string): Range {
  const total = { low: 0n, high: 0n };
  for (const { low, high } of costs.get(key)?.values() ?? []) {
    total.low += low;
    total.high += high;
  }
  return total;
}

function leftAfter(room: BudgetRoom, costs: Costs): bigint {
  return room.freeNanoUsd - totalOf(costs, room.key).high;
}

function waitFor(room: BudgetRoom, files: readonly string[], costs: Costs): string[] {
  const byFile = costs.get(room.key);
  const own = fileOfKey(room.key);
  if (own !== null) return leftAfter(room, costs) < 0n ? [own] : [];
  let left = room.freeNanoUsd;
  return files.filter((file) => {
    const cost = byFile?.get(file)?.high;
    if (cost === undefined) return false;
    left -= cost;
    return left < 0n;
  });
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
