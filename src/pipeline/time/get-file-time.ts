import { and, asc, desc, eq } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import type { DbContext } from "../../db/context.ts";
import { breakerHolds } from "../../db/schema/breakers.ts";
import { budgetHolds } from "../../db/schema/budgets.ts";
import { outbox } from "../../db/schema/outbox.ts";
import { runs } from "../../db/schema/runs.ts";
import { attempts, steps } from "../../db/schema/steps.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { requireFile } from "../files/require-file.ts";
import { graphOf } from "../next-work.ts";
import { accountForTime } from "./account-for-time.ts";
import { least } from "./extremes.ts";
import type { FileTime } from "./time-view.ts";
import type { TimedAttempt, TimedStep } from "./timed-run.ts";

/**
 * Where the time of a run went, up to its end or up to now: from the rows of its steps and attempts alone.
 * @param input.run the run's number; null: the newest
 * @throws WaybillError file_not_found; not_found for a run that the file does not have
 */
export async function getFileTime(
  ctx: DbContext,
  input: { fileId: string; run: number | null },
): Promise<FileTime> {
  const [run] = await ctx.db
    .select({
      id: runs.id,
      number: runs.number,
      graphVersion: runs.graphVersion,
      createdAt: runs.createdAt,
      finishedAt: runs.finishedAt,
    })
    .from(runs)
    .where(and(eq(runs.fileId, input.fileId), input.run === null ? undefined : eq(runs.number, input.run)))
    .orderBy(desc(runs.number))
    .limit(1);
  if (run === undefined) {
    await requireFile(ctx, input.fileId);
    throw new WaybillError("not_found", { message: "The file has no such run.", details: { ...input } });
  }
  const startMs = run.createdAt.getTime();
  const endMs = Math.max(startMs, (run.finishedAt ?? ctx.clock.now()).getTime());
  const graph = graphOf(run.graphVersion).steps;
  const firstStep = graph[0]?.name ?? "";
  const [sentMs, timedSteps] = await Promise.all([
    readFirstMessage(ctx.db, run.id, firstStep),
    readSteps(ctx.db, run.id),
  ]);
  // A document that no budget had room for was accepted before there was a message.
  const heldMs = timedSteps.filter(({ name }) => name === firstStep).flatMap(({ holds }) => holds);
  const acceptedMs = least([...(sentMs === null ? [] : [sentMs]), ...heldMs.map(({ fromMs }) => fromMs)]);
  const timed = { startMs, acceptedMs, endMs, graph, steps: timedSteps };
  const { parts, ...account } = accountForTime(timed);
  return {
    run: run.number,
    startMs,
    endMs,
    finished: run.finishedAt !== null,
    ...account,
    parts: parts.map(({ spanIds, ...part }) => ({ ...part, ...(spanIds && { spanIds: [...spanIds] }) })),
    intervals: [...account.intervals],
    criticalPath: account.criticalPath.map((step) => ({ ...step, spanIds: [...step.spanIds] })),
  };
}

/** When the first step was queued first, in ms since the epoch: a later round forgets it of the step. */
async function readFirstMessage(db: Db, runId: string, firstStep: string): Promise<number | null> {
  const [first] = await db
    .select({ createdAt: outbox.createdAt })
    .from(outbox)
    .innerJoin(steps, eq(steps.id, outbox.stepId))
    .where(and(eq(steps.runId, runId), eq(steps.name, firstStep)))
    .orderBy(asc(outbox.dispatch))
    .limit(1);
  return first?.createdAt.getTime() ?? null;
}

async function readSteps(db: Db, runId: string): Promise<TimedStep[]> {
  const [stepRows, attemptRows, holdRows] = await Promise.all([
    readStepRows(db, runId),
    readAttemptRows(db, runId),
    readHoldRows(db, runId),
  ]);
  const byStep = Map.groupBy(attemptRows, (attempt) => attempt.stepId);
  const holdsByStep = Map.groupBy(holdRows, (hold) => hold.stepId);
  return stepRows.map(({ queuedAt, finishedAt, ...step }) => ({
    ...step,
    queuedMs: queuedAt?.getTime() ?? null,
    finishedMs: finishedAt?.getTime() ?? null,
    attempts: (byStep.get(step.id) ?? []).map(toTimedAttempt),
    holds: (holdsByStep.get(step.id) ?? []).map(({ reason, queuedSince, since, until }) => ({
      reason,
      queuedMs: queuedSince?.getTime() ?? null,
      fromMs: since.getTime(),
      toMs: until?.getTime() ?? null,
    })),
  }));
}

function readStepRows(db: Db, runId: string) {
  return db
    .select({
      id: steps.id,
      name: steps.name,
      shard: steps.shard,
      state: steps.state,
      round: steps.round,
      flowKey: steps.flowKey,
      heldReason: steps.heldReason,
      queuedAt: steps.queuedAt,
      finishedAt: steps.finishedAt,
    })
    .from(steps)
    .where(eq(steps.runId, runId))
    .orderBy(asc(steps.name), asc(steps.shard));
}

type AttemptRow = Awaited<ReturnType<typeof readAttemptRows>>[number];

function readAttemptRows(db: Db, runId: string) {
  return db
    .select({
      stepId: attempts.stepId,
      spanId: attempts.spanId,
      round: attempts.round,
      outcome: attempts.outcome,
      errorCode: attempts.errorCode,
      waitedSince: attempts.waitedSince,
      waitedFor: attempts.waitedFor,
      retryAt: attempts.retryAt,
      startedAt: attempts.startedAt,
      finishedAt: attempts.finishedAt,
    })
    .from(attempts)
    .where(eq(attempts.runId, runId))
    .orderBy(asc(attempts.number));
}

async function readHoldRows(db: Db, runId: string) {
  const byBudgets = await db
    .select({ stepId: budgetHolds.stepId, since: budgetHolds.since, until: budgetHolds.until })
    .from(budgetHolds)
    .where(eq(budgetHolds.runId, runId));
  const { stepId, queuedSince, since, until } = breakerHolds;
  const byBreakers = await db
    .select({ stepId, queuedSince, since, until })
    .from(breakerHolds)
    .where(eq(breakerHolds.runId, runId));
  return [
    ...byBudgets.map((hold) => ({ ...hold, queuedSince: null, reason: "budget_exhausted" as const })),
    ...byBreakers.map((hold) => ({ ...hold, reason: "breaker_open" as const })),
  ];
}

function toTimedAttempt(row: AttemptRow): TimedAttempt {
  return {
    spanId: row.spanId,
    round: row.round,
    outcome: row.outcome,
    errorCode: row.errorCode,
    waitedSinceMs: row.waitedSince?.getTime() ?? null,
    waitedFor: row.waitedFor,
    retryAtMs: row.retryAt?.getTime() ?? null,
    startedMs: row.startedAt.getTime(),
    finishedMs: row.finishedAt?.getTime() ?? null,
  };
}
