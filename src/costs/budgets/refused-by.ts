import { sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { budgets } from "../../db/schema/budgets.ts";
import { projects } from "../../db/schema/projects.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { budgetLabel } from "./budget-label.ts";
import type { Refusal } from "./reserve.ts";

/** The error of a purchase that a budget has no room for: budget_exhausted, with the budget named. */
export async function refusedBy(db: Db, refusal: Refusal): Promise<WaybillError> {
  const [budget] = await db
    .select({
      scope: budgets.scope,
      project: projects.slug,
      step: budgets.step,
      timeWindow: budgets.timeWindow,
    })
    .from(budgets)
    .leftJoin(projects, sql`${projects.id} = ${budgets.projectId}`)
    .where(sql`${budgets.id} = ${refusal.budgetId}`);
  const name = budget === undefined ? "budget" : budgetLabel(budget);
  return new WaybillError("budget_exhausted", {
    message: `The ${name} has no room for it. Raise the budget, or wait until its window turns or money is given back.`,
    details: {
      budgetId: refusal.budgetId,
      budget: name,
      neededNanoUsd: refusal.neededNanoUsd.toString(),
      freeNanoUsd: refusal.freeNanoUsd.toString(),
    },
  });
}
