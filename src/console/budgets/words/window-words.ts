import type { BudgetView } from "../../../costs/budgets/budget-view.ts";
import { formatComing } from "../../format/coming.ts";
import { formatDuration } from "../../format/duration.ts";

/** When a budget's window turns, in words. */
export interface WindowWords {
  /** "turns in 3 h 20 min"; a budget in total never does. */
  readonly line: string;
  /** The time, in UTC and on the reader's clock; null where the window never turns. */
  readonly at: string | null;
}

/** @param timeZone of the reader; left out: the browser's own */
export function windowWords(
  { window, windowEnd, timeZone: own }: Pick<BudgetView, "window" | "windowEnd" | "timeZone">,
  now: Date,
  timeZone?: string,
): WindowWords {
  if (windowEnd === null) return { line: "in total, never turns", at: null };
  const leftMs = Date.parse(windowEnd) - now.getTime();
  const line = leftMs <= 0 ? "turning now" : `turns in ${leftText(leftMs)}`;
  const utc = formatComing(windowEnd, now, "UTC");
  const here = formatComing(windowEnd, now, timeZone);
  const both = utc === here ? `${utc} UTC, as here` : `${utc} UTC, ${here} here`;
  const midnight = (window === "day" || window === "month") && own !== "UTC" ? `, midnight of ${own}` : "";
  return { line, at: `${both}${midnight}` };
}

/** In whole minutes from one minute on, as nobody waits for a budget by the second. */
function leftText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes === 0) return formatDuration(ms);
  return minutes < 60 ? `${minutes} min` : formatDuration(minutes * 60_000);
}
