import type { BudgetView } from "../../../costs/budgets/budget-view.ts";
import { barText, budgetBar } from "./budget-bar.model.ts";
import classes from "./budget-bar.module.css";

/** How full a budget is: settled, reserved, free, and what stands above its limit. */
export function BudgetBar({ budget }: { budget: BudgetView }) {
  const { parts, limitAt, thresholds } = budgetBar(budget);
  return (
    <div className={classes.bar} role="img" aria-label={barText(budget)}>
      <span className={classes.room} style={{ width: `${limitAt * 100}%` }} />
      {parts.map(({ kind, from, to }) => (
        <span
          key={kind}
          className={classes.part}
          data-kind={kind}
          style={{ insetInlineStart: `${from * 100}%`, width: `${(to - from) * 100}%` }}
        />
      ))}
      {thresholds.map(({ percent, at, crossed }) => (
        <span
          key={percent}
          className={classes.threshold}
          data-crossed={crossed}
          style={{ insetInlineStart: `${at * 100}%` }}
        />
      ))}
      {limitAt < 1 && <span className={classes.limit} style={{ insetInlineStart: `${limitAt * 100}%` }} />}
    </div>
  );
}
