import type { NewBudget } from "../../../src/costs/budgets/open-budget.ts";

/** A hard budget of the deployment in total, unless said otherwise. */
export function newBudget(id: string, limitNanoUsd: bigint, said: Partial<NewBudget> = {}): NewBudget {
  const at = new Date("2026-03-01T00:00:00Z");
  return {
    id,
    limitNanoUsd,
    scope: "deployment",
    projectId: null,
    step: null,
    timeWindow: "total",
    timeZone: "UTC",
    mode: "hard",
    thresholds: [50, 80, 100],
    createdAt: at,
    updatedAt: at,
    ...said,
  };
}
