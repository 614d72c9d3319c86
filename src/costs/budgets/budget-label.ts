import type { budgetScopes, budgetWindows } from "../../db/budget-kinds.ts";

const often = { hour: "hourly", day: "daily", month: "monthly", total: "total" } as const;

/** What a budget is called: it has no name of its own. */
export function budgetLabel(budget: {
  readonly scope: (typeof budgetScopes)[number];
  /** Its project's slug. */
  readonly project: string | null;
  readonly step: string | null;
  readonly timeWindow: (typeof budgetWindows)[number];
}): string {
  return `${often[budget.timeWindow]} budget of ${subjectOf(budget)}`;
}

function subjectOf({ scope, project, step }: Parameters<typeof budgetLabel>[0]): string {
  switch (scope) {
    case "deployment":
      return "the deployment";
    case "project":
      return `project ${project}`;
    case "project-step":
      return `${step} in project ${project}`;
    case "file":
      return project === null ? "each file" : `each file in project ${project}`;
  }
}
