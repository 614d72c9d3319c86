import { eq } from "drizzle-orm";
import { settleCalls } from "../costs/attempt-meter.ts";
import { releaseEnded } from "../costs/budgets/give-back.ts";
import { reservationId } from "../costs/budgets/quote-steps.ts";
import { markWaste } from "../costs/ledger/mark-waste.ts";
import { type NewEntry, recordEntries } from "../costs/ledger/record-entries.ts";
import type { Db } from "../db/client.ts";
import { attempts } from "../db/schema/steps.ts";
import { faultPoint } from "../kernel/fault-point.ts";
import type { CallOutcome } from "../providers/call-watch.ts";
import type { AttemptEnd, Committed } from "./attempt-end.ts";
import { writeHold } from "./breaker/breaker-holds.ts";
import { recordOutcomes } from "./breaker/judge-calls.ts";
import { settleProbe } from "./breaker/settle-probe.ts";
import type { Claim } from "./claim-step.ts";
import type { JobsContext } from "./context.ts";
import { quoteDispatch, topUpDispatch } from "./dispatch-steps.ts";
import { fileFailure } from "./failures/file-failure.ts";
import { factsOfEnd, fingerprintOfEnd } from "./fingerprint.ts";
import { dispatchNext, type Next, nothingNext, planNext } from "./plan-next.ts";
import { hasEnded, lockRun } from "./run-facts.ts";
import {
  abandonStep,
  backOffStep,
  completeStep,
  failStep,
  holdStep,
  type StepFailure,
  stopStep,
} from "./transitions.ts";

/**
 * Writes the end of an attempt: result, ledger, sums, the attempt itself and the outbox rows of what comes
 * next, in one transaction guarded by the fence. A worker whose lease was taken writes nothing.
 */
export async function commitAttempt(
  ctx: JobsContext,
  claim: Claim,
  end: AttemptEnd,
  spent: { entries: readonly NewEntry[]; workMs: number; calls: readonly CallOutcome[] },
): Promise<Committed> {
  faultPoint("commit.before");
  const committed = await ctx.db.transaction(async (tx): Promise<Committed> => {
    const run = await lockRun(tx, claim.run.runId);
    const now = ctx.clock.now();
    const ended = run === undefined || hasEnded(run);
    if (!(await endStep(tx, claim, end, { now, ended }))) return nothingWritten;
    await writeAttempt(tx, claim, end, { now, workMs: spent.workMs });
    await recordOutcomes(tx, claim.attemptId, spent.calls, now);
    if (claim.probe !== null && end.kind === "held" && end.reason === "breaker_open" && !ended)
      await writeHold(tx, { ...claim, provider: claim.probe.provider }, now);
    // Before the accounts: a breaker's row is never waited for by somebody who holds one of them.
    const probe =
      claim.probe && (await settleProbe(tx, { stepId: claim.stepId, probe: claim.probe }, spent.calls, now));
    faultPoint("commit.step-written");
    const next = await nextOf(tx, claim, end, { now, ended });
    // Whatever locks an account comes last: others that spend wait for it until this transaction ends.
    const quotes = await quoteDispatch({ ...ctx, db: tx }, next.ids, now);
    await recordEntries(tx, spent.entries, { alsoLock: quotes.flatMap(({ keys }) => keys) });
    if (end.kind !== "succeeded") {
      await markWaste(tx, { ...claim.run, attemptId: claim.attemptId }, "failed-attempt");
    }
    await settleCalls(tx, claim.attemptId);
    faultPoint("commit.ledger-written");
    const freed = await releaseEnded(tx, claim.run, now, [
      ...(lacksMoney(end) ? [reservationId(claim.stepId, claim.dispatch)] : []),
    ]);
    const triedAgain =
      end.kind !== "retry" ||
      ended ||
      (await topUpDispatch({ ...ctx, db: tx }, claim.run, claim.stepId, now));
    const kept = await dispatchNext(tx, claim, end, { ...next, quotes, now });
    faultPoint("commit.outbox-written");
    const facts = end.kind === "failed" ? factsOfEnd(claim.step, end) : null;
    if (facts !== null && run !== undefined) {
      const { stepId, dispatch } = claim;
      await fileFailure(tx, { run, stepId, dispatch, facts, filedBy: ctx.deployment }, now);
      faultPoint("commit.failure-filed");
    }
    const runFinished = next.finishRun || end.kind === "failed";
    return { written: true, kept, runFinished, joins: next.joins, held: !triedAgain, freed, probe };
  });
  faultPoint("commit.committed");
  return committed;
}

const nothingWritten: Committed = {
  written: false,
  kept: null,
  runFinished: false,
  joins: [],
  held: false,
  freed: [],
  probe: null,
};

/** Whether an attempt had to stop as no budget had room for it to go on. */
function lacksMoney(end: AttemptEnd): boolean {
  return end.kind === "held" && !(end.until instanceof Date);
}

function nextOf(
  tx: Db,
  claim: Claim,
  end: AttemptEnd,
  { now, ended }: { now: Date; ended: boolean },
): Promise<Next> | Next {
  if (end.kind === "succeeded") return planNext(tx, claim, end, now);
  // It begins anew, with a message of its own, once there is money for it to work longer.
  return lacksMoney(end) && !ended ? { ...nothingNext, ids: [claim.stepId] } : nothingNext;
}

function writeAttempt(tx: Db, claim: Claim, end: AttemptEnd, { now, workMs }: { now: Date; workMs: number }) {
  return tx
    .update(attempts)
    .set({
      outcome: end.kind,
      finishedAt: now,
      retryAt: end.kind === "retry" ? end.nextAttemptAt : null,
      workMs: Math.round(workMs),
      errorCode: failureOf(end)?.code ?? null,
      errorMessage: failureOf(end)?.message ?? null,
      errorFingerprint: fingerprintOfEnd(claim.step, end),
    })
    .where(eq(attempts.id, claim.attemptId));
}

function failureOf(end: AttemptEnd): StepFailure | undefined {
  if (end.kind === "retry" || end.kind === "failed") return end.failure;
  return end.kind === "held" ? { code: end.reason, message: end.message } : undefined;
}

/** @param run.ended whether another step's failure has ended the run meanwhile */
async function endStep(
  tx: Db,
  claim: Claim,
  end: AttemptEnd,
  { now, ended }: { now: Date; ended: boolean },
): Promise<boolean> {
  const place = { ...claim.run, stepId: claim.stepId, step: claim.step, fence: claim.fence };
  switch (end.kind) {
    case "succeeded": {
      const done = await completeStep(tx, claim.stepId, claim.fence, end.result, now);
      if (done) await end.write(tx);
      return done;
    }
    case "retry":
      if (ended) return abandonStep(tx, claim.stepId, claim.fence, end.failure, now);
      return backOffStep(tx, claim.stepId, claim.fence, end.failure, {
        now,
        nextAttemptAt: end.nextAttemptAt,
      });
    case "failed":
      return failStep(tx, place, end.failure, now);
    case "held":
      if (ended) {
        const failure = { code: end.reason, message: end.message };
        return abandonStep(tx, claim.stepId, claim.fence, failure, now);
      }
      if (!(end.until instanceof Date)) return stopStep(tx, claim.stepId, claim.fence, end.until.leastWorkMs);
      return holdStep(tx, place, { ...end, until: end.until }, now);
  }
}
