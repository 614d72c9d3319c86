import type { BudgetView } from "../../../costs/budgets/budget-view.ts";
import { ledgerHref } from "../ledger-href.ts";

type Scoped = Pick<BudgetView, "project" | "step" | "file" | "windowStart" | "windowEnd">;

/** Where the figures of a budget lead: the entries that are settled, those of them that no reservation covered. Pure. */
export function settledHref(budget: Scoped, unreserved = false): string {
  const { project, step, file, windowStart, windowEnd } = budget;
  const query = new URLSearchParams();
  if (file !== null) query.set("file", file.id);
  else if (project !== null) query.set("project", project);
  if (step !== null) query.set("step", step);
  if (unreserved) query.set("unreserved", "true");
  if (windowStart !== null) query.set("from", windowStart);
  if (windowEnd !== null) query.set("to", windowEnd);
  return ledgerHref(query.toString());
}

/** The files for whose work money is set aside. Pure. */
export function underWayHref({ project, file }: Scoped): string {
  if (file !== null) return `/files/${encodeURIComponent(file.id)}`;
  const query = new URLSearchParams({ status: "queued,running" });
  if (project !== null) query.set("project", project);
  return `/files?${query}`;
}
