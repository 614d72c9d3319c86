import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import { files } from "../../db/schema/files.ts";
import { projects } from "../../db/schema/projects.ts";
import { runs } from "../../db/schema/runs.ts";
import { stepDurations } from "../../db/schema/step-durations.ts";
import { steps } from "../../db/schema/steps.ts";
import { graphs } from "../../pipeline/graph.ts";
import { leastStuckMs, type PlacedStep, type StuckPart } from "./stuck-part.ts";
import { stuckStepSchema } from "./stuck-view.ts";

/** The steps of every version that wait for all shards of another. */
const joins = [...graphs.values()].flatMap(({ version, steps: definitions }) =>
  definitions.flatMap(({ name, needs }) =>
    needs.flatMap((need) => {
      const fansOut = definitions.find((one) => one.name === need.step)?.fanOut !== "once";
      return need.shards === "all" && fansOut ? [sql`(${version}::integer, ${name}, ${need.step})`] : [];
    }),
  ),
);

const rowSchema = z.object({
  beganAt: z.string(),
  stepId: z.string(),
  step: z.string(),
  shard: z.number(),
  runId: z.string(),
  maxAttempts: z.number(),
  fileId: z.string(),
  fileName: z.string(),
  project: z.string(),
  sibling: z.string(),
  ended: z.number(),
  of: z.number(),
  since: z.string(),
  limitMs: z.number(),
});

const utc = (time: ReturnType<typeof sql>) =>
  sql`to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * Steps that wait for all shards of another, of which some have ended and none for longer than the p99 of that step.
 * They are found by the runs that have not ended, the first that began first.
 * @param part.mostRuns looks at so many of those runs and at no more; left out: at all
 */
export async function listJoins(
  db: Db,
  part: StuckPart & { readonly mostRuns?: number; readonly projectId?: string | null },
): Promise<PlacedStep[]> {
  const { now, after, limit, step, project, projectId = null, mostRuns } = part;
  if (joins.length === 0) return [];
  const ago = (ms: ReturnType<typeof sql>) =>
    sql`${now.toISOString()}::timestamptz - ${ms} * interval '1 millisecond'`;
  const bound = mostRuns === undefined ? sql`` : sql`order by created_at limit ${mostRuns}`;
  const limitMs = sql`greatest(${leastStuckMs}::integer, coalesce(durations.p99_ms, shards.time_limit_ms))`;
  const { rows } = await db.execute(sql`
    select ${utc(sql`run.created_at`)} as "beganAt", step.id as "stepId", step.name as step, step.shard,
           run.id as "runId", step.max_attempts as "maxAttempts", file.id as "fileId", file.name as "fileName",
           project.slug as project, joins.sibling, shards.ended, shards.of, ${utc(sql`shards.since`)} as since,
           ${limitMs} as "limitMs"
    from (select * from ${runs} where finished_at is null and created_at < ${ago(sql`${leastStuckMs}::integer`)} ${bound}) run
    join (values ${sql.join(joins, sql`, `)}) joins (version, step, sibling) on joins.version = run.graph_version
    cross join lateral (
      -- Kept apart, so that a page's runs alone are looked at, and no plan begins with all steps.
      select * from ${steps} step where step.run_id = run.id and step.name = joins.step and step.state = 'waiting' offset 0
    ) step
    cross join lateral (
      select count(*)::integer as of, (count(*) filter (where sibling.state = 'succeeded'))::integer as ended,
             max(sibling.finished_at) as since, max(sibling.time_limit_ms) as time_limit_ms
      from ${steps} sibling
      where sibling.run_id = run.id and sibling.name = joins.sibling and not sibling.retired
    ) shards
    join ${files} file on file.id = run.file_id
    join ${projects} project on project.id = file.project_id
    left join ${stepDurations} durations on durations.step = joins.sibling
    where shards.ended between 1 and shards.of - 1 and shards.since < ${ago(limitMs)}
      ${after === null ? sql`` : sql`and (run.created_at, step.id) > (${after[0]}::timestamptz, ${after[1]})`}
      ${step === undefined ? sql`` : sql`and step.name = ${step}`}
      ${project === undefined ? sql`` : sql`and project.slug = ${project}`}
      ${projectId === null ? sql`` : sql`and project.id = ${projectId}`}
    order by run.created_at, step.id limit ${limit}`);
  return z.array(rowSchema).parse(rows).map(placedOf);
}

function placedOf({
  beganAt,
  sibling,
  ended,
  of,
  maxAttempts,
  ...row
}: z.output<typeof rowSchema>): PlacedStep {
  const item = stuckStepSchema.parse({
    ...row,
    state: "waiting",
    reason: "waiting-for-siblings",
    attempts: 0,
    attemptsLeft: maxAttempts,
    nextAttemptAt: null,
    heldUntil: null,
    budgetId: null,
    provider: null,
    siblings: { step: sibling, ended, of },
    errorCode: null,
    errorMessage: null,
    actions: [],
  });
  return { place: [beganAt, row.stepId], item };
}
