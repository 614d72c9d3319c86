import { budgetLabel } from "../../../costs/budgets/budget-label.ts";
import type { ForecastBudget } from "../../../costs/budgets/budget-view.ts";
import { stepNames } from "../../../pipeline/graph.ts";
import { formatMoney } from "../../format/money.ts";
import { parseDollars } from "../../format/money-input.ts";
import type { NewBudget } from "./budget-deeds.ts";
import { parseThresholds } from "./thresholds.ts";

type Scope = ForecastBudget["scope"];
type Window = ForecastBudget["window"];

/** A budget as it is being typed. */
export interface Draft {
  readonly scope: Scope;
  readonly project: string | null;
  readonly step: string;
  readonly window: Window;
  readonly timeZone: string;
  readonly limit: string;
  readonly mode: ForecastBudget["mode"];
  readonly thresholds: string;
}

/** What a budget may be of. */
export const scopeWords: { readonly value: Scope; readonly label: string }[] = [
  { value: "deployment", label: "The deployment" },
  { value: "project", label: "A project" },
  { value: "project-step", label: "A step of a project" },
  { value: "file", label: "Each file by itself" },
];

/** In which time it counts. */
export const windowNames: { readonly value: Window; readonly label: string }[] = [
  { value: "hour", label: "An hour" },
  { value: "day", label: "A day" },
  { value: "month", label: "A month" },
  { value: "total", label: "In total" },
];

/** What a budget of a step may be for. */
export const stepsOf: readonly string[] = [...stepNames, "search"];

/** Whether a scope has a project at all events. */
export const needsProject = (scope: Scope): boolean => scope === "project" || scope === "project-step";

/** Whether a scope has a step. */
export const needsStep = (scope: Scope): boolean => scope === "project-step";

/** Whether a window begins at the midnight of a time zone. */
export const zoneMatters = (window: Window): boolean => window === "day" || window === "month";

/** The budget that a draft asks for; null while something is missing or wrong. Pure. */
export function draftOf(draft: Draft): NewBudget | null {
  const limit = parseDollars(draft.limit);
  const thresholds = parseThresholds(draft.thresholds);
  if (limit === null || thresholds === null || (needsProject(draft.scope) && draft.project === null))
    return null;
  return {
    scope: draft.scope,
    ...(draft.scope !== "deployment" && draft.project !== null && { project: draft.project }),
    ...(needsStep(draft.scope) && { step: draft.step }),
    window: draft.window,
    timeZone: zoneMatters(draft.window) ? draft.timeZone : "UTC",
    limitNanoUsd: limit.toString(),
    mode: draft.mode,
    thresholds,
  };
}

/** What a budget will be and do, in a sentence. Pure. */
export function budgetSentence(budget: NewBudget): string {
  const label = budgetLabel({
    scope: budget.scope,
    project: budget.project ?? null,
    step: budget.step ?? null,
    timeWindow: budget.window,
  });
  const does =
    budget.mode === "hard"
      ? "What it has no room for is held, not failed, and goes on by itself."
      : "Nothing is held for it.";
  return `${formatMoney(budget.limitNanoUsd)} as the ${label}. ${does}`;
}
