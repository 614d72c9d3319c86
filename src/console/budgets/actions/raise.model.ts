import type { BudgetView, HeldStepView } from "../../../costs/budgets/budget-view.ts";

type Standing = Pick<BudgetView, "scope" | "settledNanoUsd" | "reservedNanoUsd">;
type Held = Pick<HeldStepView, "stepId" | "fileId" | "neededNanoUsd">;

/** What goes on under another limit. */
export interface LimitEffect {
  /** How many of the known held steps go on at once, as far as this budget is concerned. */
  readonly goOn: number;
  /** How many files they are of. */
  readonly files: number;
  readonly stay: number;
  /** How far the budget stands above the limit from then on, in nano-USD. */
  readonly excessNanoUsd: bigint;
  /** What is left to be set aside after they went on, in nano-USD. */
  readonly freeNanoUsd: bigint;
}

/**
 * What a limit lets go on of what is held, in the order in which the held steps go on: the oldest document first,
 * none overtaking, but for one that needs more than the whole limit, which is passed by (decision 29). Pure.
 * Of a budget that caps files each file has an account of its own, which the console does not know: there a step
 * counts when it fits into the limit at all.
 */
export function limitEffect(budget: Standing, held: readonly Held[], limitNanoUsd: bigint): LimitEffect {
  const perFile = budget.scope === "file";
  const used = perFile ? 0n : BigInt(budget.settledNanoUsd) + BigInt(budget.reservedNanoUsd);
  let free = limitNanoUsd - used;
  let full = false;
  const going: Held[] = [];
  for (const step of held) {
    const needed = BigInt(step.neededNanoUsd);
    if (needed > limitNanoUsd || full) continue;
    if (perFile || needed <= free) {
      going.push(step);
      if (!perFile) free -= needed;
    } else full = true;
  }
  return {
    goOn: going.length,
    files: new Set(going.map(({ fileId }) => fileId)).size,
    stay: held.length - going.length,
    excessNanoUsd: free < 0n && going.length === 0 ? -free : 0n,
    freeNanoUsd: free > 0n ? free : 0n,
  };
}

/** A limit, rounded up to two digits, that has room for all that is held; never less than the present one. Pure. */
export function limitForAll(
  budget: Standing & Pick<BudgetView, "limitNanoUsd" | "holds">,
  held: readonly Held[],
): bigint {
  const present = BigInt(budget.limitNanoUsd);
  const most = held.reduce((most, { neededNanoUsd }) => max(most, BigInt(neededNanoUsd)), 0n);
  const wanted =
    budget.scope === "file"
      ? BigInt(budget.settledNanoUsd) + BigInt(budget.reservedNanoUsd) + most
      : BigInt(budget.settledNanoUsd) + BigInt(budget.reservedNanoUsd) + BigInt(budget.holds.neededNanoUsd);
  return max(present, roundUp(wanted));
}

function roundUp(nanoUsd: bigint): bigint {
  const unit = 10n ** BigInt(Math.max(0, nanoUsd.toString().length - 2));
  return ((nanoUsd + unit - 1n) / unit) * unit;
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
