import { and, eq, inArray, isNull } from "drizzle-orm";
import { budgetLabel } from "../../costs/budgets/budget-label.ts";
import type { Db } from "../../db/client.ts";
import { budgetHolds, budgets } from "../../db/schema/budgets.ts";
import { projects } from "../../db/schema/projects.ts";
import type { StepView } from "./file-view.ts";

/** For what money the steps of some runs wait, by step. */
export async function openHolds(
  db: Db,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, NonNullable<StepView["hold"]>>> {
  if (runIds.length === 0) return new Map();
  const rows = await db
    .select({
      stepId: budgetHolds.stepId,
      budgetId: budgetHolds.budgetId,
      neededNanoUsd: budgetHolds.neededNanoUsd,
      limitNanoUsd: budgets.limitNanoUsd,
      since: budgetHolds.since,
      budget: {
        scope: budgets.scope,
        project: projects.slug,
        step: budgets.step,
        timeWindow: budgets.timeWindow,
      },
    })
    .from(budgetHolds)
    .innerJoin(budgets, eq(budgets.id, budgetHolds.budgetId))
    .leftJoin(projects, eq(projects.id, budgets.projectId))
    .where(and(inArray(budgetHolds.runId, [...runIds]), isNull(budgetHolds.until)));
  return new Map(
    rows.map(({ stepId, budgetId, budget, neededNanoUsd, limitNanoUsd, since }) => [
      stepId,
      {
        budgetId,
        budget: budgetLabel(budget),
        neededNanoUsd: neededNanoUsd.toString(),
        limitNanoUsd: limitNanoUsd.toString(),
        since: since.toISOString(),
      },
    ]),
  );
}
