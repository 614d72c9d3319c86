import { and, asc, eq, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { breakerHolds } from "../../db/schema/breakers.ts";
import { budgetHolds } from "../../db/schema/budgets.ts";
import { files } from "../../db/schema/files.ts";
import { messageStates } from "../../db/schema/messages.ts";
import { projects } from "../../db/schema/projects.ts";
import { runs } from "../../db/schema/runs.ts";
import { stepDurations } from "../../db/schema/step-durations.ts";
import { attempts, steps } from "../../db/schema/steps.ts";
import type { StuckReason } from "../../db/stuck-states.ts";
import { actionsOn } from "./may-act.ts";
import { leastStuckMs, type PlacedStep, type StuckPart } from "./stuck-part.ts";
import { type StuckStep, stuckStepSchema } from "./stuck-view.ts";

/** Where too few attempts are known, the time limit of an attempt stands in for the p99. */
const limitMs = sql<number>`greatest(${leastStuckMs}, coalesce(${stepDurations.p99Ms}, ${steps.timeLimitMs}))::integer`;

/** Why a step has halted. */
export type HaltReason = Exclude<StuckReason, "waiting-for-siblings">;

/** Steps that were queued, held or begun and have not gone on, the one that was queued first first. */
export async function listHalted(
  db: Db,
  { now, after, limit, reason, step, project }: StuckPart & { readonly reason?: HaltReason | undefined },
): Promise<PlacedStep[]> {
  // A running step's own time began with its attempt; before that it may have waited for long.
  const since = sql`coalesce(${attempts.startedAt}, ${steps.queuedAt})`.mapWith(steps.queuedAt);
  const reasons = reasonsAt(now);
  const found = await db
    .select({
      step: steps,
      since,
      limitMs,
      reason: reasonOf(reasons),
      fileId: files.id,
      fileName: files.name,
      project: projects.slug,
      budgetId: budgetHolds.budgetId,
      provider: breakerHolds.provider,
    })
    .from(steps)
    .innerJoin(runs, eq(runs.id, steps.runId))
    .innerJoin(files, eq(files.id, runs.fileId))
    .innerJoin(projects, eq(projects.id, files.projectId))
    .leftJoin(stepDurations, eq(stepDurations.step, steps.name))
    .leftJoin(
      attempts,
      and(eq(steps.state, "running"), eq(attempts.stepId, steps.id), eq(attempts.number, steps.fence)),
    )
    .leftJoin(
      budgetHolds,
      and(eq(steps.state, "held"), eq(budgetHolds.stepId, steps.id), isNull(budgetHolds.until)),
    )
    .leftJoin(
      breakerHolds,
      and(eq(steps.state, "held"), eq(breakerHolds.stepId, steps.id), isNull(breakerHolds.until)),
    )
    .where(
      and(
        // As the index has it, in the same words; a reason implies it.
        reason === undefined ? sql`${steps.state} in ('queued', 'running', 'held')` : reasons[reason],
        lt(steps.queuedAt, new Date(now.getTime() - leastStuckMs)),
        sql`${since} < ${now.toISOString()}::timestamptz - ${limitMs} * interval '1 millisecond'`,
        after === null
          ? undefined
          : sql`(${steps.queuedAt}, ${steps.id}) > (${after[0]}::timestamptz, ${after[1]})`,
        step === undefined ? undefined : eq(steps.name, step),
        project === undefined ? undefined : eq(projects.slug, project),
      ),
    )
    .orderBy(asc(steps.queuedAt), asc(steps.id))
    .limit(limit);
  return found.map((row) => ({
    // Never null: the list asks for those that were queued before a time.
    place: [row.step.queuedAt?.toISOString() ?? "", row.step.id],
    item: viewOf(row, now),
  }));
}

/**
 * When each reason holds, as SQL; of a step that has not gone on exactly one does. Said in the columns of the step as
 * far as can be, so that Postgres knows how many have it, and reads a page in the order of the index.
 */
function reasonsAt(now: Date) {
  const is = (state: "queued" | "running" | "held") => sql`${steps.state} = ${sql.raw(`'${state}'`)}`;
  // A scalar that ends at the first row: an "exists" may be planned as a scan of the whole log.
  const givenUp = sql`coalesce((select true from ${messageStates} where ${messageStates.stepId} = ${steps.id}
    and ${messageStates.dispatch} = ${steps.dispatch} and ${messageStates.state} = 'FAILED' limit 1), false)`;
  const inBackoff = sql`coalesce(${steps.nextAttemptAt} > ${now.toISOString()}::timestamptz, false)`;
  const slowedDown = sql`coalesce(${steps.errorCode} in ('provider_rate_limited', 'rate_limited'), false)`;
  const broke = sql`${steps.heldReason} = 'budget_exhausted'`;
  const cutOff = sql`${steps.heldReason} = 'breaker_open'`;
  return {
    "running-long": is("running"),
    "held-by-budget": sql`${is("held")} and ${broke}`,
    "held-by-provider": sql`${is("held")} and not ${broke} and not ${cutOff}`,
    "breaker-open": sql`${is("held")} and ${cutOff}`,
    "lost-callback": sql`${is("queued")} and ${givenUp}`,
    "rate-limited": sql`${is("queued")} and ${inBackoff} and ${slowedDown} and not ${givenUp}`,
    backoff: sql`${is("queued")} and ${inBackoff} and not ${slowedDown} and not ${givenUp}`,
    "not-delivered": sql`${is("queued")} and not ${inBackoff} and not ${givenUp}`,
  } satisfies Readonly<Record<HaltReason, SQL>>;
}

type Reasons = ReturnType<typeof reasonsAt>;

function reasonOf(reasons: Reasons) {
  const cases = Object.entries(reasons).map(([reason, holds]) => sql`when ${holds} then ${reason}`);
  return sql<StuckReason>`case ${sql.join(cases, sql` `)} end`;
}

/** A row of the list. */
interface Row
  extends Pick<
    StuckStep,
    "limitMs" | "reason" | "fileId" | "fileName" | "project" | "budgetId" | "provider"
  > {
  readonly step: typeof steps.$inferSelect;
  readonly since: Date | null;
}

function viewOf({ step, since, ...row }: Row, now: Date): StuckStep {
  return stuckStepSchema.parse({
    ...row,
    stepId: step.id,
    step: step.name,
    shard: step.shard,
    runId: step.runId,
    state: step.state,
    since: since?.toISOString(),
    attempts: step.attemptCount,
    attemptsLeft: step.maxAttempts - step.attemptCount,
    nextAttemptAt: step.nextAttemptAt?.toISOString() ?? null,
    heldUntil: step.heldUntil?.toISOString() ?? null,
    errorCode: step.errorCode,
    errorMessage: step.errorMessage,
    siblings: null,
    actions: actionsOn(step, now),
  });
}
