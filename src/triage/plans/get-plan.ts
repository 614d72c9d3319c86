import { and, asc, eq, gt, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import { files } from "../../db/schema/files.ts";
import { projects } from "../../db/schema/projects.ts";
import { requeuePlanFiles, requeuePlans, requeues } from "../../db/schema/requeues.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { type PlanFile, type PlanView, planRequestSchema } from "./plan-view.ts";

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
  const { excluded, stages, budgets, held } = plan.facts;
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
    stages: [...stages],
    cost: { lowNanoUsd: plan.lowNanoUsd.toString(), highNanoUsd: plan.highNanoUsd.toString() },
    budgets: [...budgets],
    held,
    changed: requeueId === null ? await readChanged(db, id) : [],
  };
}

/** Files of a plan that were requeued since by others: how many are under way now. */
export async function readChanged(db: Db, planId: string): Promise<PlanView["changed"]> {
  const { rows } = await db.execute(sql`
    select count(*)::int as files from requeue_plan_files planned
    join files on files.id = planned.file_id join runs on runs.id = files.latest_run_id
    where plan_id = ${planId} and excluded is null and (runs.finished_at is null or runs.id <> planned.run_id or runs.round <> planned.round)`);
  const [{ files: changed }] = z.tuple([z.object({ files: z.number() })]).parse(rows);
  return changed === 0 ? [] : [{ reason: "in-other-requeue", files: changed }];
}

/** The files of a plan, in its order. @throws WaybillError plan_not_found, malformed_request */
export async function listPlanFiles(
  { db }: Pick<DbContext, "db">,
  input: { planId: string } & PageRequest,
): Promise<{ items: PlanFile[]; nextCursor: string | null }> {
  await getPlan({ db }, input.planId);
  const after = parseCursor(z.tuple([z.number()]), input.cursor)?.[0] ?? 0;
  const found = await db
    .select({ row: requeuePlanFiles, name: files.name, project: projects.slug })
    .from(requeuePlanFiles)
    .leftJoin(files, eq(files.id, requeuePlanFiles.fileId))
    .leftJoin(projects, eq(projects.id, files.projectId))
    .where(and(eq(requeuePlanFiles.planId, input.planId), gt(requeuePlanFiles.place, after)))
    .orderBy(asc(requeuePlanFiles.place))
    .limit(input.limit + 1);
  const { rows, last } = cutPage(found, input.limit);
  return {
    items: rows.map(({ row, name, project }) => ({
      fileId: row.fileId,
      name,
      project,
      excluded: row.excluded,
      lowNanoUsd: row.lowNanoUsd.toString(),
      highNanoUsd: row.highNanoUsd.toString(),
    })),
    nextCursor: last && formatCursor([last.row.place]),
  };
}
