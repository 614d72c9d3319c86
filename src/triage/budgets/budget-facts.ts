import type { BudgetView } from "../../costs/budgets/budget-view.ts";
import type { AuditFacts } from "../../db/schema/audit.ts";

/** What the audit log says of a budget. */
export function budgetFacts(budget: BudgetView): AuditFacts {
  const { id, name, scope, project, step, window, timeZone, mode, thresholds, limitNanoUsd } = budget;
  return {
    budgetId: id,
    name,
    scope,
    project,
    step,
    window,
    timeZone,
    mode,
    limitNanoUsd,
    thresholds: thresholds.join(","),
  };
}
