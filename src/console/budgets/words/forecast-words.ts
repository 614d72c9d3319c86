import type { ForecastBudget } from "../../../costs/budgets/budget-view.ts";
import { formatComing } from "../../format/coming.ts";
import { formatMoney } from "../../format/money.ts";

/** How a budget goes on, in words; `soon` when it is used up before its window turns. */
export interface ForecastWords {
  readonly text: string;
  readonly soon: boolean;
}

type Forecasted = Pick<
  ForecastBudget,
  "forecast" | "limitNanoUsd" | "settledNanoUsd" | "window" | "excessNanoUsd"
>;

/** @param timeZone of the reader; left out: the browser's own */
export function forecastWords(budget: Forecasted, now: Date, timeZone?: string): ForecastWords | null {
  const { forecast, window } = budget;
  if (forecast === null) return null;
  if (BigInt(budget.settledNanoUsd) >= BigInt(budget.limitNanoUsd)) {
    return { text: window === "total" ? "Used up." : "Used up until the window turns.", soon: true };
  }
  const pace = forecast.basis === "week" ? "at this pace and the usual week" : "at this pace";
  if (forecast.usedUpAt !== null) {
    return { text: `Used up ${formatComing(forecast.usedUpAt, now, timeZone)} ${pace}.`, soon: true };
  }
  if (forecast.basis === "none") return { text: "Nothing is being spent.", soon: false };
  if (forecast.atEndNanoUsd === null) return { text: `Lasts more than 90 days ${pace}.`, soon: false };
  return {
    text: `${formatMoney(forecast.atEndNanoUsd)} when the window turns, ${pace}.`,
    soon: false,
  };
}
