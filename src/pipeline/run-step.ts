import { createAttemptMeter } from "../costs/attempt-meter.ts";
import { reservationId } from "../costs/budgets/quote-steps.ts";
import { computeSpent } from "../costs/compute-spent.ts";
import type { AttemptEnd, Committed } from "../jobs/attempt-end.ts";
import { heedBreakers } from "../jobs/breaker/heed-breakers.ts";
import { type Claim, claimStep } from "../jobs/claim-step.ts";
import { commitAttempt } from "../jobs/commit-attempt.ts";
import type { StepMessage } from "../jobs/message.ts";
import { publishQuietly } from "../jobs/publish-outbox.ts";
import type { Delivery, JobAnswer } from "../jobs/receive.ts";
import { releaseHolds } from "../jobs/release-holds.ts";
import { repairTrace } from "../jobs/repair-trace.ts";
import { closeAttemptSpan, openAttemptSpan, recordRoot } from "../jobs/run-spans.ts";
import { recordAttemptWait, recordJoins } from "../jobs/wait-spans.ts";
import { withLease } from "../jobs/with-lease.ts";
import { toWaybillError, type WaybillError } from "../kernel/errors.ts";
import { faultPoint } from "../kernel/fault-point.ts";
import { type CallOutcome, createCallWatch } from "../providers/call-watch.ts";
import type { JobLog } from "../telemetry/span-log.ts";
import type { SpanScope } from "../telemetry/span-scope.ts";
import { attemptEnd } from "./attempt-end.ts";
import type { PipelineContext } from "./context.ts";
import { graphOf } from "./next-work.ts";
import { noteGraph } from "./note-graph.ts";
import { paidTime } from "./paid-time.ts";
import { stepWorkOf } from "./steps/step-work-of.ts";
import { type Worked, workWithin } from "./work-within.ts";

/** How long one delivery may go on in place, in ms: below QStash's timeout and the route's own limit. */
const deliveryLimitMs = 240_000;

/**
 * Does what a message asks for: claims its step, works, commits, and then goes on in place with the next
 * step that its commit kept back, as long as the delivery's time allows. Each step is claimed, committed,
 * priced and traced by itself, so a crash in between loses nothing.
 */
export async function runStep(
  ctx: PipelineContext,
  message: StepMessage,
  delivery: Delivery,
): Promise<JobAnswer> {
  const startedMs = ctx.clock.monotonicMs();
  const first = await claimStep(ctx, { ...message, delivery }, { billDelivery: true });
  if (first.kind === "held") {
    if (first.freed.length > 0) await letOthersGoOn(ctx, first.freed, ctx.log);
    return { kind: "done", note: "held until a provider's breaker closes" };
  }
  if (first.kind === "not-claimable") {
    // A delivery that comes again may have lost its worker after the commit.
    await repairTrace(ctx, { ...message, ...delivery });
    return { kind: "done", note: `step is ${first.state}` };
  }

  const sending: Promise<number>[] = [];
  let answer: JobAnswer = { kind: "done" };
  let claim: Claim | null = first.claim;
  while (claim !== null) {
    const current: Claim = claim;
    const leftMs = deliveryLimitMs - (ctx.clock.monotonicMs() - startedMs);
    recordAttemptWait(ctx.telemetry.tracer, current);
    const span = openAttemptSpan(ctx.telemetry.tracer, current, ctx.deployment);
    const { end, committed, calls } = await withLease(ctx, current, span.log, () =>
      workAndCommit(ctx, current, span, leftMs),
    );
    // Only the message's own step speaks to QStash: one that went on in place has been sent by itself.
    if (current === first.claim) answer = answerFor(end, committed);
    sending.push(publishQuietly(ctx, { runIds: [current.run.runId] }, span.log));
    sending.push(keepGraph(ctx, current, span.log));
    if (committed.freed.length > 0) sending.push(letOthersGoOn(ctx, committed.freed, span.log));
    sending.push(heedBreakers({ ...ctx, log: span.log }, current, calls, committed));
    claim = committed.kept === null ? null : await claimKept(ctx, current, committed.kept, delivery);
  }
  await Promise.all(sending);
  faultPoint("answer.before");
  return answer;
}

/** Best effort: what it leaves waiting is found by the tick. */
async function letOthersGoOn(
  ctx: PipelineContext,
  budgetIds: readonly string[],
  log: JobLog,
): Promise<number> {
  try {
    return await releaseHolds(ctx, budgetIds);
  } catch (error) {
    log.warn({ err: error, budgetIds }, "held steps could not be let go; the tick does it");
    return 0;
  }
}

/** Best effort: what could not be kept now is kept with the version's next attempt. */
async function keepGraph(ctx: PipelineContext, { run }: Claim, log: JobLog): Promise<number> {
  try {
    return await noteGraph(ctx, graphOf(run.graphVersion));
  } catch (error) {
    log.warn({ err: error, graphVersion: run.graphVersion }, "the graph of a version could not be kept");
    return 0;
  }
}

async function claimKept(
  ctx: PipelineContext,
  previous: Claim,
  kept: { stepId: string; dispatch: number },
  delivery: Delivery,
): Promise<Claim | null> {
  const input = { runId: previous.run.runId, ...kept, delivery };
  const next = await claimStep(ctx, input, { billDelivery: false });
  return next.kind === "claimed" ? next.claim : null;
}

async function workAndCommit(
  ctx: PipelineContext,
  claim: Claim,
  span: SpanScope,
  leftMs: number,
): Promise<{ end: AttemptEnd; committed: Committed; calls: readonly CallOutcome[] }> {
  const by = {
    ...claim.run,
    stepId: claim.stepId,
    step: claim.step,
    attemptId: claim.attemptId,
    reservationId: reservationId(claim.stepId, claim.dispatch),
  };
  const watch = createCallWatch(ctx.clock);
  const meter = createAttemptMeter(ctx, by, watch);
  const startedMs = ctx.clock.monotonicMs();
  const endCompute = ctx.compute.begin();
  const task = { run: claim.run, shard: claim.shard, input: claim.input, span, meter };
  const worked = await workWithin(
    ctx.clock,
    claim.timeLimitMs,
    () => stepWorkOf(claim.step)(ctx, task),
    (done) => paidTime(ctx, claim, span.log, done),
  );
  faultPoint("step.worked");
  const workMs = ctx.clock.monotonicMs() - startedMs;
  if (worked.kind === "threw" && worked.error.code === "step_timeout") watch.giveUp();
  const calls = watch.outcomes();
  for (const spent of computeSpent(endCompute())) meter.count(spent);

  const endOf = (how: Worked): AttemptEnd => {
    if (how.kind === "threw") logFault(span, claim, how.error);
    const time = { now: ctx.clock.now(), leftMs: leftMs - workMs };
    return attemptEnd(claim, graphOf(claim.run.graphVersion), how, time);
  };
  const { end, committed } = await commitOrBackOff(ctx, claim, endOf, worked, {
    entries: meter.entries(),
    workMs,
    calls,
  });
  closeAttemptSpan(span, claim, end, committed.written);
  recordJoins(ctx.telemetry.tracer, claim, committed.joins);
  if (committed.runFinished) {
    const failedWith = end.kind === "failed" ? end.failure.code : null;
    recordRoot(ctx.telemetry.tracer, claim.run, failedWith, ctx.clock.now());
  }
  return { end, committed, calls };
}

/**
 * Commits an attempt. A result that the database refuses is a fault of the step, as one in its work would be;
 * where the database takes nothing at all, the lease runs out.
 */
async function commitOrBackOff(
  ctx: PipelineContext,
  claim: Claim,
  endOf: (how: Worked) => AttemptEnd,
  worked: Worked,
  spent: Parameters<typeof commitAttempt>[3],
): Promise<{ end: AttemptEnd; committed: Committed }> {
  const end = endOf(worked);
  try {
    return { end, committed: await commitAttempt(ctx, claim, end, spent) };
  } catch (thrown) {
    if (end.kind !== "succeeded") throw thrown;
    const fault = endOf({ kind: "threw", error: toWaybillError(thrown) });
    return { end: fault, committed: await commitAttempt(ctx, claim, fault, spent) };
  }
}

function logFault(span: SpanScope, { run, stepId, step }: Claim, error: WaybillError): void {
  span.log.warn({ err: error, runId: run.runId, stepId, step }, "a step met a fault");
}

function answerFor(end: AttemptEnd, committed: Committed): JobAnswer {
  if (!committed.written) return { kind: "done", note: "another worker had taken the lease" };
  // Its message is forgotten: another one is sent when a budget has room for it.
  if (committed.held) return { kind: "done", note: "held until a budget has room for another attempt" };
  if (end.kind === "retry") return { kind: "retry", error: end.error };
  if (end.kind === "failed") return { kind: "reject", error: end.error };
  return { kind: "done" };
}
