import { and, eq, isNotNull, type SQL } from "drizzle-orm";
import { budgetLabel } from "../costs/budgets/budget-label.ts";
import type { Db } from "../db/client.ts";
import { budgetHolds, budgets } from "../db/schema/budgets.ts";
import { projects } from "../db/schema/projects.ts";
import { steps } from "../db/schema/steps.ts";

/** How long a step waited for money, and which budget had none. */
export interface EndedHold {
  readonly holdId: string;
  readonly runId: string;
  readonly stepId: string;
  readonly step: string;
  readonly shard: number;
  readonly budgetId: string;
  /** What the budget is called. */
  readonly budget: string;
  readonly since: Date;
  readonly until: Date;
}

/** Holds that have ended, of those that fit a condition on `budget_holds`. */
export async function endedHolds(db: Db, which: SQL): Promise<EndedHold[]> {
  const rows = await db
    .select({
      holdId: budgetHolds.id,
      runId: budgetHolds.runId,
      stepId: steps.id,
      step: steps.name,
      shard: steps.shard,
      budgetId: budgetHolds.budgetId,
      budget: {
        scope: budgets.scope,
        project: projects.slug,
        step: budgets.step,
        timeWindow: budgets.timeWindow,
      },
      since: budgetHolds.since,
      until: budgetHolds.until,
    })
    .from(budgetHolds)
    .innerJoin(steps, eq(steps.id, budgetHolds.stepId))
    .innerJoin(budgets, eq(budgets.id, budgetHolds.budgetId))
    .leftJoin(projects, eq(projects.id, budgets.projectId))
    .where(and(which, isNotNull(budgetHolds.until)));
  return rows.flatMap(({ until, ...hold }) =>
    until === null ? [] : [{ ...hold, until, budget: budgetLabel(hold.budget) }],
  );
}
