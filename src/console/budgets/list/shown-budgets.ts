import type { ForecastBudget } from "../../../costs/budgets/budget-view.ts";
import type { ShownKind } from "../budgets-state.ts";

/** Which of the budgets the filters leave, in the order they have. Pure. */
export function shownBudgets(
  budgets: readonly ForecastBudget[],
  { project, show }: { project: string; show: ShownKind },
): ForecastBudget[] {
  return budgets.filter(
    (budget) => (project === "" || budget.project === project) && (show === "all" || isOfKind(budget, show)),
  );
}

/** How many budgets there are of each kind. Pure. */
export function countKinds(budgets: readonly ForecastBudget[]): Readonly<Record<ShownKind, number>> {
  return {
    all: budgets.length,
    holding: budgets.filter((budget) => isOfKind(budget, "holding")).length,
    alerted: budgets.filter((budget) => isOfKind(budget, "alerted")).length,
  };
}

function isOfKind(budget: ForecastBudget, kind: "holding" | "alerted"): boolean {
  return kind === "holding" ? budget.holds.count > 0 : budget.alerts.length > 0;
}
