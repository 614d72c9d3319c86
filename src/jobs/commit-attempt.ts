import { eq } from "drizzle-orm";
import { settleReservations } from "../costs/attempt-meter.ts";
import { type NewEntry, recordEntries } from "../costs/record-entries.ts";
import type { Db } from "../db/client.ts";
import { attempts, steps } from "../db/schema/steps.ts";
import type { ErrorCode } from "../kernel/error-codes.ts";
import type { WaybillError } from "../kernel/errors.ts";
import { faultPoint } from "../kernel/fault-point.ts";
import type { Claim } from "./claim-step.ts";
import type { JobsContext } from "./context.ts";
import { lockRun } from "./run-facts.ts";
import {
  backOffStep,
  completeStep,
  createWaiting,
  failStep,
  holdStep,
  queueSteps,
  type StepFailure,
  type StepSeed,
  stepId,
  succeedRun,
} from "./transitions.ts";

/** What follows from a step's success; decided by the pipeline from the states of all steps. */
export interface NextWork {
  readonly create: readonly StepSeed[];
  readonly queue: readonly { readonly name: string; readonly shard: number }[];
  readonly finishRun: boolean;
}

/** How an attempt ended. */
export type AttemptEnd =
  | {
      readonly kind: "succeeded";
      readonly result: unknown;
      /** Writes what the step made, inside the commit. */
      readonly write: (tx: Db) => Promise<void>;
      readonly next: (steps: readonly { name: string; shard: number; state: string }[]) => NextWork;
      /** Until when the outbox row of the next step is kept back for this delivery; null: send all. */
      readonly keepFirstUntil: Date | null;
    }
  | {
      readonly kind: "retry";
      readonly failure: StepFailure;
      readonly error: WaybillError;
      readonly nextAttemptAt: Date;
    }
  | { readonly kind: "failed"; readonly failure: StepFailure; readonly error: WaybillError }
  | { readonly kind: "held"; readonly reason: ErrorCode; readonly message: string; readonly until: Date };

/** What a commit left to do. */
export interface Committed {
  /** False when another worker had taken the lease; then nothing was written. */
  readonly written: boolean;
  /** The step that this delivery kept for itself. */
  readonly kept: { readonly stepId: string } | null;
  readonly runFinished: boolean;
}

/**
 * Writes the end of an attempt: result, ledger, sums, the attempt itself and the outbox rows of what comes
 * next, in one transaction guarded by the fence. A worker whose lease was taken writes nothing.
 */
export async function commitAttempt(
  ctx: JobsContext,
  claim: Claim,
  end: AttemptEnd,
  spent: { entries: readonly NewEntry[]; workMs: number },
): Promise<Committed> {
  faultPoint("commit.before");
  const committed = await ctx.db.transaction(async (tx): Promise<Committed> => {
    const lost: Committed = { written: false, kept: null, runFinished: false };
    await lockRun(tx, claim.run.runId);
    const now = ctx.clock.now();
    if (!(await endStep(tx, claim, end, now))) return lost;
    faultPoint("commit.step-written");
    await recordEntries(tx, spent.entries);
    await settleReservations(tx, claim.attemptId);
    faultPoint("commit.ledger-written");
    await tx
      .update(attempts)
      .set({
        outcome: end.kind,
        finishedAt: now,
        workMs: Math.round(spent.workMs),
        errorCode: failureOf(end)?.code ?? null,
        errorMessage: failureOf(end)?.message ?? null,
      })
      .where(eq(attempts.id, claim.attemptId));
    if (end.kind !== "succeeded") return { written: true, kept: null, runFinished: end.kind === "failed" };
    const next = await queueNext(tx, claim, end, now);
    faultPoint("commit.outbox-written");
    return { written: true, ...next };
  });
  faultPoint("commit.committed");
  return committed;
}

function failureOf(end: AttemptEnd): StepFailure | undefined {
  if (end.kind === "retry" || end.kind === "failed") return end.failure;
  return end.kind === "held" ? { code: end.reason, message: end.message } : undefined;
}

async function endStep(tx: Db, claim: Claim, end: AttemptEnd, now: Date): Promise<boolean> {
  const place = { ...claim.run, stepId: claim.stepId, step: claim.step, fence: claim.fence };
  switch (end.kind) {
    case "succeeded": {
      const done = await completeStep(tx, claim.stepId, claim.fence, end.result, now);
      if (done) await end.write(tx);
      return done;
    }
    case "retry":
      return backOffStep(tx, claim.stepId, claim.fence, end.failure, {
        now,
        nextAttemptAt: end.nextAttemptAt,
      });
    case "failed":
      return failStep(tx, place, end.failure, now);
    case "held":
      return holdStep(tx, place, end, now);
  }
}

async function queueNext(tx: Db, claim: Claim, end: AttemptEnd & { kind: "succeeded" }, now: Date) {
  const states = await tx
    .select({ name: steps.name, shard: steps.shard, state: steps.state })
    .from(steps)
    .where(eq(steps.runId, claim.run.runId));
  const next = end.next(states);
  await createWaiting(tx, claim.run.runId, next.create);
  const ids = next.queue.map((step) => stepId(claim.run.runId, step.name, step.shard));
  const keptId = end.keepFirstUntil === null ? undefined : ids[0];
  const keptUntil = end.keepFirstUntil ?? now;
  await queueSteps(tx, ids, { now, publishAfter: (id) => (id === keptId ? keptUntil : now) });
  if (next.finishRun) await succeedRun(tx, claim.run, now);
  return { kept: keptId === undefined ? null : { stepId: keptId }, runFinished: next.finishRun };
}
