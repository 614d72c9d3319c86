import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import { files } from "../../db/schema/files.ts";
import { runs } from "../../db/schema/runs.ts";
import { stepDurations } from "../../db/schema/step-durations.ts";
import { attempts, steps } from "../../db/schema/steps.ts";
import { type StuckReason, stuckReasons } from "../../db/stuck-states.ts";
import { haltedSince, hasHalted, reasonOf, reasonsAt } from "./halt-reasons.ts";
import { listJoins } from "./list-joins.ts";
import { leastStuckMs } from "./stuck-part.ts";

/** Among so many steps that have not ended, the first that were queued, the stuck ones are counted. */
const mostLookedAt = 5_000;
/** The same of runs, for steps that wait for their siblings. */
const mostRuns = 200;

const rowsSchema = z.array(
  z.object({ reason: z.enum(stuckReasons), steps: z.number(), since: z.coerce.date() }),
);

/** How many steps are stuck for a reason, and since when the first of them is. */
export interface StuckCount {
  readonly reason: StuckReason;
  readonly steps: number;
  readonly since: Date;
}

/**
 * How many steps are stuck, by reason, the most frequent first. It looks at a bounded number of steps and runs, the
 * oldest, so that it costs the same whatever waits.
 * @param input.most no more are counted
 * @param input.projectId the only project that is looked at; left out: all
 */
export async function countStuck(
  db: Db,
  { now, most, projectId = null }: { now: Date; most: number; projectId?: string | null },
): Promise<StuckCount[]> {
  const waiting = new Date(now.getTime() - leastStuckMs).toISOString();
  const inProject =
    projectId === null
      ? sql``
      : sql`and exists (select from ${runs} join ${files} on ${files.id} = ${runs.fileId}
          where ${runs.id} = ${steps.runId} and ${files.projectId} = ${projectId})`;
  const [{ rows }, joins] = await Promise.all([
    db.execute(sql`
      select reason, count(*)::integer as steps, min(since) as since from (
        select ${reasonOf(reasonsAt(now))} as reason, ${haltedSince} as since
        from (
          select * from ${steps}
          where ${steps.state} in ('queued', 'running', 'held') and ${steps.queuedAt} < ${waiting}::timestamptz
          ${inProject}
          order by queued_at, id limit ${mostLookedAt}
        ) steps
        left join ${stepDurations} on ${stepDurations.step} = ${steps.name}
        left join ${attempts} on ${steps.state} = 'running' and ${attempts.stepId} = ${steps.id}
          and ${attempts.number} = ${steps.fence}
        where ${hasHalted(now)} limit ${most}
      ) stuck group by 1`),
    listJoins(db, { now, after: null, limit: most, mostRuns, projectId }),
  ]);
  const halted = rowsSchema.parse(rows);
  const [oldest] = joins.map(({ item }) => item.since).sort();
  const waitingFor: StuckCount[] =
    oldest === undefined
      ? []
      : [{ reason: "waiting-for-siblings", steps: joins.length, since: new Date(oldest) }];
  return [...halted, ...waitingFor].sort((a, b) => b.steps - a.steps);
}
