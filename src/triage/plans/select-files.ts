import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { type PlanRequest, planLimit, type Selection } from "./plan-view.ts";

const rowSchema = z.object({
  file_id: z.string(),
  run_id: z.string().nullable(),
  round: z.number().nullable(),
  excluded: z.enum(["gone", "running", "in-other-requeue", "nothing-failed", "step-not-reached"]).nullable(),
});

/** A file that a selection found, as it stands now. */
export type SelectedFile = z.output<typeof rowSchema>;

/**
 * The files of a selection in one statement, and why some are left out.
 * @throws WaybillError plan_too_large, plan_selection_unsupported for groups
 */
export async function selectFiles(tx: Db, request: PlanRequest): Promise<SelectedFile[]> {
  const { from, graph } = request;
  const anew = from === "start" || graph === "current";
  const { rows } = await tx.execute(sql`
    with chosen(file_id) as (${chosen(request.selection)})
    select chosen.file_id, runs.id as run_id, runs.round, case
      when files.id is null then 'gone'
      when runs.finished_at is null or atwork.is then 'running'
      when exists (select from requeue_files open where open.file_id = files.id
        and open.outcome in ('pending', 'sent', 'held')) then 'in-other-requeue'
      when ${anew} then null
      when ${from} = 'failed' then case when runs.status = 'succeeded' or not undone.is then 'nothing-failed' end
      when not exists (select from steps where run_id = runs.id and name = ${from} and not retired) then 'step-not-reached'
    end as excluded
    from chosen left join files on files.id = chosen.file_id left join runs on runs.id = files.latest_run_id
    left join lateral (select exists (select from steps where run_id = runs.id and state = 'running') as is) atwork on true
    left join lateral (select exists (select from steps where run_id = runs.id and not retired
      and state in ('failed', 'cancelled')) as is) undone on true
    limit ${planLimit + 1}`);
  if (rows.length > planLimit) throw new WaybillError("plan_too_large", { details: { limit: planLimit } });
  return z.array(rowSchema).parse(rows);
}

function chosen(selection: Selection): SQL {
  switch (selection.kind) {
    case "step":
      return sql`select file_id from steps join runs on runs.id = run_id where steps.id = ${selection.step}`;
    case "files":
      return sql`select distinct unnest(${sql.param(selection.files)}::text[])`;
    case "group":
      throw new WaybillError("plan_selection_unsupported", { details: { selection: "group" } });
    case "filter": {
      const { project, status, q, step, code, createdAfter, createdBefore } = selection.filter;
      const all = sql.join(
        [
          sql`true`,
          ...(project === undefined ? [] : [sql`projects.slug = ${project}`]),
          ...(status === undefined ? [] : [sql`files.status = any(${sql.param(status)}::text[])`]),
          ...(q === undefined ? [] : [sql`position(lower(${q}) in lower(files.name)) > 0`]),
          ...(step === undefined ? [] : [sql`files.failed_step = ${step}`]),
          ...(code === undefined ? [] : [sql`files.error_code = ${code}`]),
          ...(createdAfter === undefined ? [] : [sql`files.created_at >= ${createdAfter}::timestamptz`]),
          ...(createdBefore === undefined ? [] : [sql`files.created_at < ${createdBefore}::timestamptz`]),
        ],
        sql` and `,
      );
      return sql`select files.id from files join projects on projects.id = project_id where ${all}
        order by files.created_at, files.id`;
    }
  }
}
