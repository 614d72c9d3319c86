import type { ReactNode } from "react";
import type { ForecastBudget } from "../../../costs/budgets/budget-view.ts";
import { MoneyText } from "../../format/money-text.tsx";
import { FigureLink } from "../figure-link.tsx";
import classes from "./budget-figures.module.css";
import { settledHref, underWayHref } from "./budget-links.ts";

/** The figures below a budget's bar; what they count is a click away. */
export function BudgetFigures({ budget }: { budget: ForecastBudget }) {
  const excess = budget.excessNanoUsd !== "0";
  return (
    <dl className={classes.figures}>
      <Figure label="settled" kind="settled">
        <FigureLink href={settledHref(budget)}>
          <MoneyText nanoUsd={budget.settledNanoUsd} />
        </FigureLink>
      </Figure>
      <Figure label="reserved" kind="reserved">
        {budget.reservedNanoUsd === "0" ? (
          "$0"
        ) : (
          <FigureLink href={underWayHref(budget)}>
            <MoneyText nanoUsd={budget.reservedNanoUsd} />
          </FigureLink>
        )}
      </Figure>
      {excess ? (
        <Figure label="excess" kind="excess">
          <MoneyText nanoUsd={budget.excessNanoUsd} />
        </Figure>
      ) : (
        <Figure label="free" kind="free">
          <MoneyText nanoUsd={budget.freeNanoUsd} />
        </Figure>
      )}
      <Figure label="limit">
        <MoneyText nanoUsd={budget.limitNanoUsd} />
      </Figure>
    </dl>
  );
}

function Figure(props: { label: string; kind?: string; children: ReactNode }) {
  return (
    <div className={classes.figure} data-kind={props.kind}>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
