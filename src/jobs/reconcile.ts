import { and, asc, eq, lte, notInArray, sql } from "drizzle-orm";
import { releaseEnded } from "../costs/budgets/give-back.ts";
import { reservationId } from "../costs/budgets/quote-steps.ts";
import { markWaste } from "../costs/ledger/mark-waste.ts";
import { settleLostAttempt } from "../costs/settle-lost-attempt.ts";
import { outbox } from "../db/schema/outbox.ts";
import { attempts, steps } from "../db/schema/steps.ts";
import { errorCodes } from "../kernel/error-codes.ts";
import type { JobsContext } from "./context.ts";
import { dispatchAnew } from "./dispatch-anew.ts";
import { dispatchSteps } from "./dispatch-steps.ts";
import { fileFailure } from "./failures/file-failure.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { publishQuietly } from "./publish-outbox.ts";
import { repairTrace } from "./repair-trace.ts";
import { hasEnded, lockRun, type RunFacts } from "./run-facts.ts";
import { markRun } from "./run-transitions.ts";
import { abandonStep, failStep, loseAttempt } from "./transitions.ts";

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
    .where(
      and(
        eq(steps.state, "held"),
        // What waits for money or for a breaker goes on in an order of its own (keep-budgets.ts, breaker/).
        notInArray(steps.heldReason, ["budget_exhausted", "breaker_open"]),
        lte(steps.heldUntil, ctx.clock.now()),
      ),
    )
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
  const lostMessages: string[] = [];
  const takenBack = await underLock(ctx, row, async (tx, run, step, now) => {
    const [attempt] = await tx
      .select()
      .from(attempts)
      .where(and(eq(attempts.stepId, step.id), eq(attempts.fence, step.fence)));
    if (attempt) {
      const place = { ...run, stepId: step.id, step: step.name };
      const by = { ...place, attemptId: attempt.id, reservationId: reservationId(step.id, step.dispatch) };
      const leaseMs = Math.max(0, now.getTime() - attempt.startedAt.getTime());
      await settleLostAttempt({ ...ctx, db: tx }, by, Math.min(leaseMs, step.timeLimitMs));
      await markWaste(tx, by, "lost-attempt");
      const kind = { step: step.name, ...failure, provider: null, status: null };
      await loseAttempt(tx, attempt.id, { ...failure, fingerprint: fingerprintOf(kind) }, now);
      lostMessages.push(attempt.messageId);
    }
    if (!hasEnded(run) && step.attemptCount < step.maxAttempts)
      return sentAnew({ ...ctx, db: tx }, run, step, now);
    const place = { ...run, stepId: step.id, step: step.name, fence: step.fence };
    const failsRun = !hasEnded(run);
    const ended = failsRun
      ? await failStep(tx, place, failure, now)
      : await abandonStep(tx, step.id, step.fence, failure, now);
    await releaseEnded(tx, run, now);
    if (ended && failsRun) {
      const facts = { step: step.name, ...failure, provider: null, status: null };
      const dispatched = { run, stepId: step.id, dispatch: step.dispatch, facts };
      await fileFailure(tx, { ...dispatched, filedBy: ctx.deployment }, now);
    }
    return ended;
  });
  // After the commit, for all that the dead worker did with this message.
  for (const messageId of lostMessages) await repairTrace(ctx, { runId: row.runId, messageId });
  return takenBack;
}

/** Whether a step's message is still to be sent, or to be delivered. */
async function isOnItsWay(ctx: JobsContext, row: StepRow): Promise<boolean> {
  const [message] = await ctx.db
    .select({ id: outbox.messageId, publishedAt: outbox.publishedAt })
    .from(outbox)
    .where(and(eq(outbox.stepId, row.id), eq(outbox.dispatch, row.dispatch)));
  if (message === undefined) return false;
  // QStash may have been down: this tick sends it.
  if (message.publishedAt === null) return true;
  // A QStash that does not answer has lost nothing yet: the step is looked at again by the next tick.
  return message.id !== null && (await ctx.queue.isPending(message.id).catch(() => true));
}

/** Sends another message for a queued step whose message QStash has lost. @returns whether one was sent */
export async function sendAgain(ctx: JobsContext, row: StepRow): Promise<boolean> {
  const pending = await isOnItsWay(ctx, row);
  return underLock(ctx, row, async (tx, run, step, now) => {
    if (pending) {
      const expectedBy = new Date(now.getTime() + stillPendingMs);
      await tx.update(steps).set({ expectedBy }).where(eq(steps.id, step.id));
      return false;
    }
    return sentAnew({ ...ctx, db: tx }, run, step, now);
  });
}

async function sentAnew(...sent: Parameters<typeof dispatchAnew>): Promise<true> {
  await dispatchAnew(...sent);
  return true;
}

async function releaseHold(ctx: JobsContext, row: StepRow): Promise<boolean> {
  return underLock(ctx, row, async (tx, run, step, now) => {
    const { queued } = await dispatchSteps({ ...ctx, db: tx }, [step.id], { now });
    if (queued.length > 0) await markRun(tx, run, "running", now);
    return true;
  });
}
