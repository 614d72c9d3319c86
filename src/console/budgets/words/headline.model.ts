import type { ForecastBudget } from "../../../costs/budgets/budget-view.ts";
import { formatCounted } from "../../format/count.ts";
import { formatAgo } from "../../format/moment.ts";
import { formatMoney } from "../../format/money.ts";
import { forecastWords } from "./forecast-words.ts";

/** How the budgets stand, in a sentence; `budgetId` is the one to look at first. */
export interface BudgetsHeadline {
  readonly state: "held" | "soon" | "calm";
  readonly text: string;
  readonly budgetId: string | null;
}

/**
 * What is wrong, since when, how bad: the first thing to be read. Pure.
 * @param timeZone of the reader; left out: the browser's own
 */
export function budgetsHeadline(
  budgets: readonly ForecastBudget[],
  now: Date,
  timeZone?: string,
): BudgetsHeadline {
  const holding = budgets
    .filter(({ holds }) => holds.count > 0)
    .sort((a, b) => (a.holds.oldestSince ?? "").localeCompare(b.holds.oldestSince ?? ""));
  const [oldest] = holding;
  if (oldest) return held(oldest, holding, now);
  const soon = budgets
    .filter(({ forecast }) => forecast !== null && forecast.usedUpAt !== null)
    .sort((a, b) => (a.forecast?.usedUpAt ?? "").localeCompare(b.forecast?.usedUpAt ?? ""));
  const [first] = soon;
  if (first) {
    const words = forecastWords(first, now, timeZone)?.text ?? "";
    return {
      state: "soon",
      text: `Nothing is held. First to be used up is the ${first.name}: ${words.charAt(0).toLowerCase()}${words.slice(1)}`,
      budgetId: first.id,
    };
  }
  return {
    state: "calm",
    text: "Nothing is held, and no budget is used up before its window turns.",
    budgetId: null,
  };
}

function held(oldest: ForecastBudget, holding: readonly ForecastBudget[], now: Date): BudgetsHeadline {
  const count = holding.reduce((sum, { holds }) => sum + holds.count, 0);
  const needed = holding.reduce((sum, { holds }) => sum + BigInt(holds.neededNanoUsd), 0n);
  const since =
    oldest.holds.oldestSince === null ? "" : `, the first ${formatAgo(oldest.holds.oldestSince, now)}`;
  const others =
    holding.length === 1 ? "" : ` and ${formatCounted(holding.length - 1, "other budget", "other budgets")}`;
  const needs = count === 1 ? "needs" : "need";
  return {
    state: "held",
    text: `${formatCounted(count, "step is", "steps are")} held by the ${oldest.name}${others}${since}: ${count === 1 ? "it" : "they"} ${needs} ${formatMoney(needed)}.`,
    budgetId: oldest.id,
  };
}
