import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import { poisonAfter } from "../../db/failure-states.ts";
import { exclusions } from "../../db/requeue-states.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { traitCondition } from "../failures/trait-condition.ts";
import { type PlanRequest, planLimit, type Selection } from "./plan-view.ts";

const rowSchema = z.object({
  file_id: z.string(),
  run_id: z.string().nullable(),
  round: z.number().nullable(),
  excluded: z.enum(exclusions).nullable(),
});

/** A file that a selection found, as it stands now. */
export type SelectedFile = z.output<typeof rowSchema>;

/**
 * The files of a selection in one statement, in the order in which they are to go, and why some are left out.
 * @throws WaybillError plan_too_large, malformed_request for a trait that cannot be
 */
export async function selectFiles(tx: Db, request: PlanRequest): Promise<SelectedFile[]> {
  const { from, graph } = request;
  const anew = from === "start" || graph === "current";
  const { rows } = await tx.execute(sql`
    with chosen as (select file_id, row_number() over () as place from (${chosen(request.selection)}) as found(file_id))
    select chosen.file_id, runs.id as run_id, runs.round, case
      when files.id is null then 'gone'
      when runs.finished_at is null or atwork.is then 'running'
      when exists (select from requeue_files open where open.file_id = files.id and open.outcome in ('pending', 'sent'))
        then 'in-other-requeue'
      when not ${request.options.includePoison}::boolean and exists (select from failure_group_files poison
        where poison.file_id = files.id and standing and times >= ${poisonAfter}) then 'poison'
      when ${anew} then null
      when ${from} = 'failed' then case when runs.status = 'succeeded' or not undone.is then 'nothing-failed' end
      when not exists (select from steps where run_id = runs.id and name = ${from} and not retired) then 'step-not-reached'
    end as excluded
    from chosen left join files on files.id = chosen.file_id left join runs on runs.id = files.latest_run_id
    left join lateral (select exists (select from steps where run_id = runs.id and state = 'running') as is) atwork on true
    left join lateral (select exists (select from steps where run_id = runs.id and not retired
      and state in ('failed', 'cancelled')) as is) undone on true
    order by chosen.place limit ${planLimit + 1}`);
  if (rows.length > planLimit) throw new WaybillError("plan_too_large", { details: { limit: planLimit } });
  return z.array(rowSchema).parse(rows);
}

function chosen(selection: Selection): SQL {
  switch (selection.kind) {
    case "step":
      return sql`select file_id from steps join runs on runs.id = run_id where steps.id = ${selection.step}`;
    case "files":
      return sql`select id from (select id, min(place) as place from unnest(${sql.param(selection.files)}::text[])
        with ordinality as named(id, place) group by id) own order by place`;
    case "group":
      return sql`select failure_group_files.file_id from failure_group_files join files on files.id = file_id
        join projects on projects.id = project_id where group_id = ${selection.group} and standing
        and ${(selection.where && traitCondition(selection.where)) ?? sql`true`} order by last_failed_at, file_id`;
    case "filter":
      return filtered(selection.filter);
  }
}

function filtered(filter: Extract<Selection, { kind: "filter" }>["filter"]): SQL {
  const { project, status, q, step, code, createdAfter, createdBefore } = filter;
  const conditions = [
    sql`true`,
    ...(project === undefined ? [] : [sql`projects.slug = ${project}`]),
    ...(status === undefined ? [] : [sql`files.status = any(${sql.param(status)}::text[])`]),
    ...(q === undefined ? [] : [sql`position(lower(${q}) in lower(files.name)) > 0`]),
    ...(step === undefined ? [] : [sql`files.failed_step = ${step}`]),
    ...(code === undefined ? [] : [sql`files.error_code = ${code}`]),
    ...(createdAfter === undefined ? [] : [sql`files.created_at >= ${createdAfter}::timestamptz`]),
    ...(createdBefore === undefined ? [] : [sql`files.created_at < ${createdBefore}::timestamptz`]),
  ];
  return sql`select files.id from files join projects on projects.id = project_id where ${sql.join(conditions, sql` and `)}
    order by files.created_at, files.id`;
}
