import { and, asc, eq, gt, inArray } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import type { Exclusion } from "../../db/requeue-states.ts";
import { files } from "../../db/schema/files.ts";
import { projects } from "../../db/schema/projects.ts";
import { requeuePlanFiles, requeuePlans } from "../../db/schema/requeues.ts";
import { WaybillError } from "../../kernel/errors.ts";
import type { PlanFile } from "./plan-view.ts";

/**
 * The files of a plan, in its order.
 * @param input.excluded only those that are left out for one of these reasons; all when there is none
 * @throws WaybillError plan_not_found, malformed_request for a cursor of another list
 */
export async function listPlanFiles(
  { db }: Pick<DbContext, "db">,
  input: { planId: string; excluded: readonly Exclusion[] } & PageRequest,
): Promise<{ items: PlanFile[]; nextCursor: string | null }> {
  const { planId, excluded, limit } = input;
  const after = parseCursor(z.tuple([z.number()]), input.cursor)?.[0] ?? 0;
  const [plan] = await db
    .select({ id: requeuePlans.id })
    .from(requeuePlans)
    .where(eq(requeuePlans.id, planId));
  if (plan === undefined) throw new WaybillError("plan_not_found", { details: { planId } });
  const found = await db
    .select({ row: requeuePlanFiles, name: files.name, project: projects.slug })
    .from(requeuePlanFiles)
    .leftJoin(files, eq(files.id, requeuePlanFiles.fileId))
    .leftJoin(projects, eq(projects.id, files.projectId))
    .where(
      and(
        eq(requeuePlanFiles.planId, planId),
        gt(requeuePlanFiles.place, after),
        excluded.length === 0 ? undefined : inArray(requeuePlanFiles.excluded, [...excluded]),
      ),
    )
    .orderBy(asc(requeuePlanFiles.place))
    .limit(limit + 1);
  const { rows, last } = cutPage(found, limit);
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
