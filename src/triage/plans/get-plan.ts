import { eq } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import { requeuePlans, requeues } from "../../db/schema/requeues.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { type PlanView, planRequestSchema } from "./plan-view.ts";
import { readChanged } from "./read-changed.ts";

/** A plan, with what has changed since for files of it. @throws WaybillError plan_not_found */
export async function getPlan({ db }: Pick<DbContext, "db">, id: string): Promise<PlanView> {
  const [found] = await db
    .select({ plan: requeuePlans, requeueId: requeues.id })
    .from(requeuePlans)
    .leftJoin(requeues, eq(requeues.planId, requeuePlans.id))
    .where(eq(requeuePlans.id, id));
  if (found === undefined) throw new WaybillError("plan_not_found", { details: { planId: id } });
  const { plan, requeueId } = found;
  const { selection, from, graph, options } = planRequestSchema.parse(plan.request);
  const { excluded, stages, unknown = [], budgets, held } = plan.facts;
  return {
    id,
    name: plan.name,
    requeueId,
    createdAt: plan.createdAt.toISOString(),
    createdBy: plan.keyName,
    selection,
    from,
    graph,
    options,
    selected: plan.selected,
    included: plan.included,
    excluded: [...excluded],
    stages: stages.map((stage) => ({ ahead: 0, ...stage })),
    cost: {
      lowNanoUsd: plan.lowNanoUsd.toString(),
      highNanoUsd: plan.highNanoUsd.toString(),
      unknown: [...unknown],
    },
    budgets: [...budgets],
    held,
    changed: requeueId === null ? await readChanged(db, id) : [],
  };
}
