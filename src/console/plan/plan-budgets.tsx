import Link from "next/link";
import type { PlanView } from "../../triage/plans/plan-view.ts";
import { FigureTable } from "../budgets/costs/figure-table.tsx";
import { formatCount } from "../format/count.ts";
import { MoneyText } from "../format/money-text.tsx";
import { ExportMenu } from "../list/export-menu.tsx";
import page from "../page/page-section.module.css";
import { PageSection } from "../page/page-section.tsx";
import { rangeText } from "./plan.model.ts";
import classes from "./plan-budgets.module.css";

/** What every budget that applies has left after it, and how many files would wait for it. */
export function PlanBudgets({ plan }: { plan: PlanView }) {
  if (plan.budgets.length === 0)
    return (
      <PageSection title="Budgets">
        <p className={page.quiet}>No budget applies to it.</p>
      </PageSection>
    );
  return (
    <FigureTable
      title="Budgets"
      beside={
        <ExportMenu
          label="Export the budgets"
          path={`/api/v1/plans/${encodeURIComponent(plan.id)}`}
          query={{}}
        />
      }
      head={[
        { text: "Budget" },
        { text: "Free now", number: true, wide: true },
        { text: "Left after", number: true },
        { text: "Would wait", number: true },
      ]}
    >
      {plan.budgets.map((budget) => (
        <tr key={budget.budgetId}>
          <td>
            <Link href={`/budgets?budget=${encodeURIComponent(budget.budgetId)}`}>{budget.label}</Link>
          </td>
          <td className={`${classes.number} ${classes.wide}`}>
            <MoneyText nanoUsd={budget.freeNanoUsd} />
          </td>
          <td className={classes.number} data-short={BigInt(budget.leftLowNanoUsd) < 0n}>
            {rangeText({ lowNanoUsd: budget.leftLowNanoUsd, highNanoUsd: budget.leftHighNanoUsd })}
          </td>
          <td className={classes.number}>{formatCount(budget.held)}</td>
        </tr>
      ))}
    </FigureTable>
  );
}
