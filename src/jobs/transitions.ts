import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "../db/client.ts";
import { files } from "../db/schema/files.ts";
import { outbox } from "../db/schema/outbox.ts";
import { runs } from "../db/schema/runs.ts";
import { attempts, type StepEstimate, steps } from "../db/schema/steps.ts";
import type { ErrorCode } from "../kernel/error-codes.ts";
import { deriveId } from "../kernel/ids.ts";
import { endBreakerHoldsOfRun } from "./breaker/breaker-holds.ts";
import { endHoldsOfRun } from "./budget-transitions.ts";
import { dropUnpublished } from "./drop-unpublished.ts";
import { failRun, markRun, type RunPlace, restRun } from "./run-transitions.ts";

/**
 * Every change of a step's state, by name. Those of runs and files are in jobs/run-transitions.ts, those of a
 * requeue in jobs/requeue-transitions.ts, those that money makes in jobs/budget-transitions.ts, those of breakers in
 * jobs/breaker/breaker-holds.ts; nothing else in Waybill writes these columns. Each is called in a
 * transaction that holds the run's lock (jobs/run-facts.ts).
 */

/** A step instance to be created. */
export interface StepSeed {
  readonly name: string;
  readonly shard: number;
  readonly input: unknown;
  /** What one attempt will buy of providers. */
  readonly estimate: readonly StepEstimate[];
  readonly maxAttempts: number;
  /** In ms. */
  readonly timeLimitMs: number;
  readonly flowKey: string;
}

/** Why a step failed, as it is shown. */
export interface StepFailure {
  readonly code: ErrorCode;
  readonly message: string;
}

/** How long after its due time a message may still come before the reconciler looks after it, in ms. */
const deliveryGraceMs = 60_000;

/** How long a lease lasts, in ms: a dead worker's step is taken back by the tick after that, within two ticks. */
export const leaseMs = 45_000;

/** The id of a step instance: the same for the same place in the same run. */
export function stepId(runId: string, name: string, shard: number): string {
  return deriveId("step", runId, name, shard);
}

/** (none) or retired → waiting, in the run's present round. Any other instance stays as it is. */
export async function createWaiting(tx: Db, runId: string, seeds: readonly StepSeed[]): Promise<void> {
  if (seeds.length === 0) return;
  await tx
    .insert(steps)
    .values(
      seeds.map((seed) => ({
        ...seed,
        id: stepId(runId, seed.name, seed.shard),
        runId,
        state: "waiting" as const,
        round: sql`(select ${runs.round} from ${runs} where ${runs.id} = ${runId})`,
      })),
    )
    .onConflictDoUpdate({
      target: steps.id,
      set: {
        input: sql`excluded.input`,
        estimate: sql`excluded.estimate`,
        state: "waiting",
        round: sql`excluded.round`,
        retired: false,
        finishedAt: null,
      },
      setWhere: eq(steps.retired, true),
    });
}

/** waiting, held or a lost running → queued, with the outbox row of its next dispatch. */
export async function queueSteps(
  tx: Db,
  stepIds: readonly string[],
  times: { now: Date; publishAfter: (stepId: string) => Date; deliverAfter?: Date },
): Promise<{ stepId: string; dispatch: number }[]> {
  if (stepIds.length === 0) return [];
  const queued = await tx
    .update(steps)
    .set({
      state: "queued",
      dispatch: sql`${steps.dispatch} + 1`,
      // A step whose message was lost has waited all along.
      queuedAt: sql`case when ${steps.state} = 'queued' then ${steps.queuedAt} else ${times.now.toISOString()}::timestamptz end`,
      expectedBy: new Date((times.deliverAfter ?? times.now).getTime() + deliveryGraceMs),
      nextAttemptAt: times.deliverAfter ?? null,
      leaseExpiresAt: null,
      heldReason: null,
      heldUntil: null,
    })
    .where(
      and(inArray(steps.id, [...stepIds]), inArray(steps.state, ["waiting", "held", "running", "queued"])),
    )
    .returning({ stepId: steps.id, dispatch: steps.dispatch });
  if (queued.length === 0) return [];
  if (queued.some((step) => step.dispatch > 1))
    await dropUnpublished(tx, inArray(outbox.stepId, [...stepIds]));
  await tx
    .insert(outbox)
    .values(
      queued.map((step) => ({
        id: deriveId("out", step.stepId, step.dispatch),
        ...step,
        publishAfter: times.publishAfter(step.stepId),
        deliverAfter: times.deliverAfter ?? null,
        createdAt: times.now,
      })),
    )
    .onConflictDoNothing();
  return queued;
}

/**
 * queued → running: takes the lease and a new fencing token. Undefined when the step is not queued, or was
 * dispatched anew since: then the message is late.
 */
export async function startStep(
  tx: Db,
  asked: { stepId: string; dispatch: number },
  place: RunPlace & { status: string },
  now: Date,
) {
  const [step] = await tx
    .update(steps)
    .set({
      state: "running",
      fence: sql`${steps.fence} + 1`,
      attemptCount: sql`${steps.attemptCount} + 1`,
      // The database's clock decides about leases: workers' clocks may disagree with each other.
      leaseExpiresAt: sql`now() + ${leaseMs} * interval '1 millisecond'`,
      startedAt: sql`coalesce(${steps.startedAt}, ${now.toISOString()}::timestamptz)`,
      expectedBy: null,
      errorCode: null,
      errorMessage: null,
    })
    .where(
      and(
        eq(steps.id, asked.stepId),
        eq(steps.dispatch, asked.dispatch),
        eq(steps.runId, place.runId),
        eq(steps.state, "queued"),
      ),
    )
    .returning();
  if (step === undefined) return undefined;
  if (place.status !== "running") await markRun(tx, place, "running", now);
  await tx
    .update(files)
    .set({ attemptCount: sql`${files.attemptCount} + 1` })
    .where(eq(files.id, place.fileId));
  return step;
}

/** running → succeeded, for the worker that holds the fence. False when the lease was taken. */
export async function completeStep(
  tx: Db,
  id: string,
  fence: number,
  result: unknown,
  now: Date,
): Promise<boolean> {
  const done = await tx
    .update(steps)
    .set({ state: "succeeded", result, leaseExpiresAt: null, nextAttemptAt: null, finishedAt: now })
    .where(heldByWorker(id, fence))
    .returning({ id: steps.id });
  if (done.length === 1) await dropUnpublished(tx, eq(outbox.stepId, id));
  return done.length === 1;
}

/** running → queued, until the retry at `nextAttemptAt`. False when the lease was taken. */
export async function backOffStep(
  tx: Db,
  id: string,
  fence: number,
  failure: StepFailure,
  times: { now: Date; nextAttemptAt: Date },
): Promise<boolean> {
  const waiting = await tx
    .update(steps)
    .set({
      state: "queued",
      leaseExpiresAt: null,
      queuedAt: times.now,
      nextAttemptAt: times.nextAttemptAt,
      expectedBy: new Date(times.nextAttemptAt.getTime() + deliveryGraceMs),
      errorCode: failure.code,
      errorMessage: failure.message,
    })
    .where(heldByWorker(id, fence))
    .returning({ id: steps.id });
  if (waiting.length === 0) return false;
  // A step that was done in place has no message of its own yet: it is sent now, for the time of the retry.
  await tx
    .update(outbox)
    .set({ publishAfter: times.now, deliverAfter: times.nextAttemptAt })
    .where(and(eq(outbox.stepId, id), sql`${outbox.publishedAt} is null`));
  return true;
}

/** running → held, for a reason that only time or a person can end. False when the lease was taken. */
export async function holdStep(
  tx: Db,
  place: RunPlace & { stepId: string; fence: number },
  hold: { reason: ErrorCode; message: string; until: Date },
  now: Date,
): Promise<boolean> {
  const held = await tx
    .update(steps)
    .set({
      state: "held",
      leaseExpiresAt: null,
      queuedAt: now,
      heldReason: hold.reason,
      heldUntil: hold.until,
      // A hold is nobody's failure: it does not use up an attempt.
      attemptCount: sql`${steps.attemptCount} - 1`,
      errorCode: hold.reason,
      errorMessage: hold.message,
    })
    .where(heldByWorker(place.stepId, place.fence))
    .returning({ id: steps.id });
  if (held.length === 0) return false;
  await dropUnpublished(tx, eq(outbox.stepId, place.stepId));
  await restRun(tx, place, now);
  return true;
}

/**
 * An attempt that no budget had room for gives its try back. The step stays running until the same transaction has
 * dispatched it anew, or held it. False when the lease was taken.
 */
export async function stopStep(tx: Db, id: string, fence: number, leastWorkMs: number): Promise<boolean> {
  const stopped = await tx
    .update(steps)
    .set({ attemptCount: sql`${steps.attemptCount} - 1`, leastWorkMs })
    .where(heldByWorker(id, fence))
    .returning({ id: steps.id });
  return stopped.length === 1;
}

/**
 * running → cancelled, for an attempt that went on while another step's failure ended the run: it is not tried
 * again. False when the lease was taken.
 */
export async function abandonStep(
  tx: Db,
  id: string,
  fence: number,
  failure: StepFailure,
  now: Date,
): Promise<boolean> {
  const abandoned = await tx
    .update(steps)
    .set({
      state: "cancelled",
      leaseExpiresAt: null,
      nextAttemptAt: null,
      errorCode: failure.code,
      errorMessage: failure.message,
      finishedAt: now,
    })
    .where(heldByWorker(id, fence))
    .returning({ id: steps.id });
  return abandoned.length === 1;
}

/** queued, held or running → failed; the run and its file fail with it, and what was still to do is cancelled. */
export async function failStep(
  tx: Db,
  place: RunPlace & { stepId: string; step: string; fence: number | null },
  failure: StepFailure,
  now: Date,
): Promise<boolean> {
  const guard =
    place.fence === null
      ? and(eq(steps.id, place.stepId), inArray(steps.state, ["queued", "held", "running"]))
      : heldByWorker(place.stepId, place.fence);
  const failed = await tx
    .update(steps)
    .set({
      state: "failed",
      leaseExpiresAt: null,
      heldReason: null,
      heldUntil: null,
      nextAttemptAt: null,
      errorCode: failure.code,
      errorMessage: failure.message,
      finishedAt: now,
    })
    .where(guard)
    .returning({ id: steps.id });
  if (failed.length === 0) return false;
  await tx
    .update(steps)
    .set({ state: "cancelled", heldReason: null, heldUntil: null, finishedAt: now })
    .where(and(eq(steps.runId, place.runId), inArray(steps.state, ["waiting", "queued", "held"])));
  await endHoldsOfRun(tx, place.runId, now);
  await endBreakerHoldsOfRun(tx, place.runId, now);
  await dropUnpublished(
    tx,
    sql`${outbox.stepId} in (select ${steps.id} from ${steps} where ${steps.runId} = ${place.runId})`,
  );
  await failRun(tx, place, { step: place.step, code: failure.code }, now);
  return true;
}

/** running → lost, for an attempt whose lease ran out. */
export async function loseAttempt(
  tx: Db,
  attemptId: string,
  failure: StepFailure & { fingerprint: string },
  now: Date,
): Promise<void> {
  const { code: errorCode, message: errorMessage, fingerprint: errorFingerprint } = failure;
  await tx
    .update(attempts)
    .set({ outcome: "lost", errorCode, errorMessage, errorFingerprint, finishedAt: now })
    .where(and(eq(attempts.id, attemptId), eq(attempts.outcome, "running")));
}

function heldByWorker(id: string, fence: number) {
  return and(eq(steps.id, id), eq(steps.fence, fence), eq(steps.state, "running"));
}
