"use client";

import type { ForecastBudget } from "../../../costs/budgets/budget-view.ts";
import type { Deed } from "../budgets-state.ts";
import { BudgetDetail } from "../detail/budget-detail.tsx";
import classes from "./budget-list.module.css";
import { BudgetRow } from "./budget-row.tsx";

/** The budgets, the oldest first, so that none moves while its figures do; one of them may be open. */
export function BudgetList(props: {
  budgets: readonly ForecastBudget[];
  open: string | null;
  onOpen: (budgetId: string | null) => void;
  onDeed: (deed: Deed) => void;
}) {
  return (
    <ul className={classes.list} aria-label="Budgets">
      {props.budgets.map((budget) => (
        <BudgetRow
          key={budget.id}
          budget={budget}
          open={budget.id === props.open}
          onToggle={() => props.onOpen(budget.id === props.open ? null : budget.id)}
        >
          <BudgetDetail budget={budget} onDeed={props.onDeed} />
        </BudgetRow>
      ))}
    </ul>
  );
}
