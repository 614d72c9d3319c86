import { and, asc, eq, isNull, lt, or, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import { budgetHolds } from "../../db/schema/budgets.ts";
import { files } from "../../db/schema/files.ts";
import { messageStates } from "../../db/schema/messages.ts";
import { projects } from "../../db/schema/projects.ts";
import { runs } from "../../db/schema/runs.ts";
import { stepDurations } from "../../db/schema/step-durations.ts";
import { attempts, steps } from "../../db/schema/steps.ts";
import type { StuckReason } from "../../db/stuck-states.ts";
import type { Clock } from "../../kernel/clock.ts";
import { actionsOn } from "./may-act.ts";
import { type StuckStep, stuckStepSchema } from "./stuck-view.ts";

/** Which stuck steps; what is left out narrows nothing. */
export interface StuckFilter {
  readonly reason?: StuckReason | undefined;
  readonly step?: string | undefined;
  /** A project's slug. */
  readonly project?: string | undefined;
}

/** No step is stuck before this time, in ms: a message may be a minute late, and a p99 of 50 ms says little. */
const leastMs = 60_000;

/** Where too few attempts are known, the time limit of an attempt stands in for the p99. */
const limitMs = sql<number>`greatest(${leastMs}, coalesce(${stepDurations.p99Ms}, ${steps.timeLimitMs}))::integer`;

const cursorKey = z.tuple([z.iso.datetime(), z.string()]);

/**
 * Steps that wait, or whose attempt runs, for longer than the p99 of their step, the one that was queued first
 * first. Steps that wait for siblings are not listed: what they wait for is.
 * @throws WaybillError malformed_request for a cursor of another list
 */
export async function listStuck(
  { db, clock }: Pick<DbContext, "db"> & { readonly clock: Clock },
  { reason, step, project, ...page }: StuckFilter & PageRequest,
): Promise<{ items: StuckStep[]; nextCursor: string | null }> {
  const now = clock.now();
  const after = parseCursor(cursorKey, page.cursor);
  // A running step's own time began with its attempt; before that it may have waited for long.
  const since = sql`coalesce(${attempts.startedAt}, ${steps.queuedAt})`.mapWith(steps.queuedAt);
  const why = reasonAt(now);
  const found = await db
    .select({
      step: steps,
      since,
      limitMs,
      reason: why,
      fileId: files.id,
      fileName: files.name,
      project: projects.slug,
      budgetId: budgetHolds.budgetId,
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
    .where(
      and(
        // As the index has it, in the same words.
        sql`${steps.state} in ('queued', 'running', 'held')`,
        lt(steps.queuedAt, new Date(now.getTime() - leastMs)),
        sql`${since} < ${now.toISOString()}::timestamptz - ${limitMs} * interval '1 millisecond'`,
        after === null
          ? undefined
          : sql`(${steps.queuedAt}, ${steps.id}) > (${after[0]}::timestamptz, ${after[1]})`,
        step === undefined ? undefined : eq(steps.name, step),
        project === undefined ? undefined : eq(projects.slug, project),
        reason === undefined ? undefined : sql`${why} = ${reason}`,
      ),
    )
    .orderBy(asc(steps.queuedAt), asc(steps.id))
    .limit(page.limit + 1);
  const { rows, last } = cutPage(found, page.limit);
  const items = rows.map((row) => viewOf(row, now));
  const next = last?.step.queuedAt && formatCursor([last.step.queuedAt.toISOString(), last.step.id]);
  return { items, nextCursor: next ?? null };
}

/** Why a step does not go on, as SQL. */
function reasonAt(now: Date) {
  const givenUp = sql`exists (select from ${messageStates} where ${messageStates.stepId} = ${steps.id}
    and ${messageStates.dispatch} = ${steps.dispatch} and ${messageStates.state} = 'FAILED')`;
  const inBackoff = sql`${steps.nextAttemptAt} > ${now.toISOString()}::timestamptz`;
  const slowedDown = or(eq(steps.errorCode, "provider_rate_limited"), eq(steps.errorCode, "rate_limited"));
  return sql<StuckReason>`case
    when ${steps.state} = 'running' then 'running-long'
    when ${steps.heldReason} = 'budget_exhausted' then 'held-by-budget'
    when ${steps.state} = 'held' then 'held-by-provider'
    when ${givenUp} then 'lost-callback'
    when ${inBackoff} and ${slowedDown} then 'rate-limited'
    when ${inBackoff} then 'backoff'
    else 'not-delivered' end`;
}

/** A row of the list. */
interface Row extends Pick<StuckStep, "limitMs" | "reason" | "fileId" | "fileName" | "project" | "budgetId"> {
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
    actions: actionsOn(step, now),
  });
}
