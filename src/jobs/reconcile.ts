import { and, asc, eq, lte, sql } from "drizzle-orm";
import { settleLostAttempt } from "../costs/settle-lost-attempt.ts";
import { outbox } from "../db/schema/outbox.ts";
import { attempts, steps } from "../db/schema/steps.ts";
import { errorCodes } from "../kernel/error-codes.ts";
import { attr, spanNames } from "../telemetry/names.ts";
import type { JobsContext } from "./context.ts";
import { publishQuietly } from "./publish-outbox.ts";
import { lockRun, type RunFacts } from "./run-facts.ts";
import { recordHold, recordRoot, runAttributes } from "./run-spans.ts";
import { failStep, loseAttempt, markRun, queueSteps } from "./transitions.ts";

/** What one pass of the reconciler did. */
export interface Reconciled {
  readonly leasesExpired: number;
  readonly messagesResent: number;
  readonly holdsReleased: number;
  /** Messages that QStash took now; what it did not take stays due. */
  readonly published: number;
}

/** Most rows of one kind in one pass; the next tick takes the rest. */
const batchSize = 200;

/** How much longer a message that QStash still holds is waited for, in ms. */
const stillPendingMs = 60_000;

/**
 * Finds what a crash, a lost message or a hold left behind and carries it on: steps whose lease ran out,
 * queued steps whose message never came, holds whose time is over, and outbox rows that were not confirmed.
 * Safe to run twice at once: each case is decided again under the run's lock.
 */
export async function reconcile(ctx: JobsContext): Promise<Reconciled> {
  const leasesExpired = await each(await expiredLeases(ctx), (row) => takeBack(ctx, row));
  const messagesResent = await each(await overdueSteps(ctx), (row) => sendAgain(ctx, row));
  const holdsReleased = await each(await dueHolds(ctx), (row) => releaseHold(ctx, row));
  const published = await publishQuietly(ctx, {});
  return { leasesExpired, messagesResent, holdsReleased, published };
}

type StepRow = typeof steps.$inferSelect;

async function each(rows: readonly StepRow[], carryOn: (row: StepRow) => Promise<boolean>): Promise<number> {
  let carried = 0;
  for (const row of rows) if (await carryOn(row)) carried += 1;
  return carried;
}

function expiredLeases(ctx: JobsContext): Promise<StepRow[]> {
  return (
    ctx.db
      .select()
      .from(steps)
      // Leases are the one thing that the database's own clock decides.
      .where(and(eq(steps.state, "running"), sql`${steps.leaseExpiresAt} < now()`))
      .orderBy(asc(steps.leaseExpiresAt))
      .limit(batchSize)
  );
}

function overdueSteps(ctx: JobsContext): Promise<StepRow[]> {
  return ctx.db
    .select()
    .from(steps)
    .where(and(eq(steps.state, "queued"), lte(steps.expectedBy, ctx.clock.now())))
    .orderBy(asc(steps.expectedBy))
    .limit(batchSize);
}

function dueHolds(ctx: JobsContext): Promise<StepRow[]> {
  return ctx.db
    .select()
    .from(steps)
    .where(and(eq(steps.state, "held"), lte(steps.heldUntil, ctx.clock.now())))
    .orderBy(asc(steps.heldUntil))
    .limit(batchSize);
}

/** Runs `change` under the run's lock, on the step as it is then, if it still is in `state`. */
async function underLock(
  ctx: JobsContext,
  row: StepRow,
  change: (tx: JobsContext["db"], run: RunFacts, step: StepRow, now: Date) => Promise<boolean>,
): Promise<boolean> {
  return ctx.db.transaction(async (tx) => {
    const run = await lockRun(tx, row.runId);
    const [step] = await tx.select().from(steps).where(eq(steps.id, row.id));
    if (run === undefined || step === undefined) return false;
    if (step.state !== row.state || step.fence !== row.fence || step.dispatch !== row.dispatch) return false;
    return change(tx, run, step, ctx.clock.now());
  });
}

async function takeBack(ctx: JobsContext, row: StepRow): Promise<boolean> {
  const failure = { code: "lease_lost" as const, message: errorCodes.lease_lost.sentence };
  return underLock(ctx, row, async (tx, run, step, now) => {
    const [attempt] = await tx
      .select()
      .from(attempts)
      .where(and(eq(attempts.stepId, step.id), eq(attempts.fence, step.fence)));
    if (attempt) {
      const by = { ...run, stepId: step.id, step: step.name, attemptId: attempt.id };
      const leaseMs = Math.max(0, now.getTime() - attempt.startedAt.getTime());
      await settleLostAttempt({ ...ctx, db: tx }, by, Math.min(leaseMs, step.timeLimitMs));
      await loseAttempt(tx, attempt.id, failure, now);
      closeLostSpan(ctx, run, step, attempt, now);
    }
    if (step.attemptCount < step.maxAttempts) {
      await queueSteps(tx, [step.id], { now, publishAfter: () => now });
      return true;
    }
    const failed = await failStep(
      tx,
      { ...run, stepId: step.id, step: step.name, fence: step.fence },
      failure,
      now,
    );
    if (failed) recordRoot(ctx.telemetry.tracer, run, failure.code, now);
    return failed;
  });
}

/** The worker never ended this span: it is written from the attempt, so that the trace has no hole. */
function closeLostSpan(
  ctx: JobsContext,
  run: RunFacts,
  step: StepRow,
  attempt: typeof attempts.$inferSelect,
  now: Date,
): void {
  const span = ctx.telemetry.tracer.start(
    spanNames.lostAttempt(step.name),
    { traceId: run.traceId, spanId: attempt.spanId, parentSpanId: run.rootSpanId },
    {
      kind: "consumer",
      startedAt: attempt.startedAt,
      attributes: {
        ...runAttributes(run),
        [attr.step]: step.name,
        [attr.stepId]: step.id,
        [attr.shard]: step.shard,
        [attr.attempt]: attempt.number,
        [attr.messageId]: attempt.messageId,
        [attr.deployment]: attempt.deployment,
        [attr.outcome]: "lost",
      },
    },
  );
  span.fail("lease_lost");
  span.end(now);
}

async function sendAgain(ctx: JobsContext, row: StepRow): Promise<boolean> {
  const [sent] = await ctx.db
    .select({ messageId: outbox.messageId })
    .from(outbox)
    .where(and(eq(outbox.stepId, row.id), eq(outbox.dispatch, row.dispatch)));
  // A QStash that does not answer has lost nothing yet: the step is looked at again by the next tick.
  const pending = sent?.messageId ? await ctx.queue.isPending(sent.messageId).catch(() => true) : false;
  return underLock(ctx, row, async (tx, _run, step, now) => {
    if (pending) {
      const expectedBy = new Date(now.getTime() + stillPendingMs);
      await tx.update(steps).set({ expectedBy }).where(eq(steps.id, step.id));
      return false;
    }
    await queueSteps(tx, [step.id], { now, publishAfter: () => now });
    return true;
  });
}

async function releaseHold(ctx: JobsContext, row: StepRow): Promise<boolean> {
  return underLock(ctx, row, async (tx, run, step, now) => {
    await queueSteps(tx, [step.id], { now, publishAfter: () => now });
    await markRun(tx, run, "running", now);
    const since = step.queuedAt ?? now;
    const held = { stepId: step.id, step: step.name, shard: step.shard, dispatch: step.dispatch };
    recordHold(ctx.telemetry.tracer, run, { ...held, reason: step.heldReason ?? "unknown", since }, now);
    return true;
  });
}
