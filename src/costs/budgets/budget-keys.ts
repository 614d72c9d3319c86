import type { budgetScopes } from "../../db/budget-kinds.ts";

/** What money is spent for, as far as budgets ask. */
export interface BudgetSubject {
  readonly projectId: string | null;
  readonly step: string;
  readonly fileId: string | null;
}

/** The keys of all accounts in which something counts; an account of a budget has one of them. */
export function budgetKeys({ projectId, step, fileId }: BudgetSubject): string[] {
  const keys = ["deployment"];
  if (projectId !== null) keys.push(`project:${projectId}`, `step:${projectId}:${step}`);
  if (fileId !== null) keys.push(`file:${fileId}`);
  return keys;
}

/** The file that a key names; null for the key of another subject. */
export function fileOfKey(key: string): string | null {
  return key.startsWith("file:") ? key.slice("file:".length) : null;
}

/** The key of a budget's one account; null where it has one for each file. */
export function accountKey(budget: {
  scope: (typeof budgetScopes)[number];
  projectId: string | null;
  step: string | null;
}): string | null {
  switch (budget.scope) {
    case "deployment":
      return "deployment";
    case "project":
      return `project:${budget.projectId}`;
    case "project-step":
      return `step:${budget.projectId}:${budget.step}`;
    case "file":
      return null;
  }
}
