import type { StepFigures } from "../../triage/graph-versions/graph-version-view.ts";
import { shareText } from "../budgets/costs/cost-chart.model.ts";
import { formatDuration } from "../format/duration.ts";
import type { DiffKind } from "./graph-diff.model.ts";

/** What a difference is called, and the sign that stands for it beside its colour. */
export const diffWords: Readonly<Record<DiffKind, { readonly word: string; readonly sign: string }>> = {
  added: { word: "added", sign: "+" },
  removed: { word: "removed", sign: "−" },
  changed: { word: "changed", sign: "~" },
  same: { word: "same", sign: "" },
};

/** The share of attempts that came to nothing: "0.4 %"; null where none was made. Pure. */
export function faultShare(figures: StepFigures | undefined): string | null {
  if (figures === undefined || figures.attempts === 0) return null;
  return shareText(figures.cameToNothing / figures.attempts);
}

/** The failures of a step, in whatever state. Pure. */
export function failuresHref(step: string): string {
  return `/failures?step=${encodeURIComponent(step)}&state=open,regressed,ignored,resolved`;
}

/** A duration of a step; null where no attempt that succeeded tells it. Pure. */
export function tookText(ms: number | null | undefined): string | null {
  return ms === null || ms === undefined ? null : formatDuration(ms);
}
