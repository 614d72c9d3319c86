import { createAttemptMeter } from "../costs/attempt-meter.ts";
import { type Claim, claimStep } from "../jobs/claim-step.ts";
import { type AttemptEnd, type Committed, commitAttempt } from "../jobs/commit-attempt.ts";
import type { StepMessage } from "../jobs/message.ts";
import { publishQuietly } from "../jobs/publish-outbox.ts";
import type { Delivery, JobAnswer } from "../jobs/receive.ts";
import { openAttemptSpan, recordRoot, recordWait } from "../jobs/run-spans.ts";
import { withLease } from "../jobs/with-lease.ts";
import { faultPoint } from "../kernel/fault-point.ts";
import { attr, meters } from "../telemetry/names.ts";
import { attemptEnd } from "./attempt-end.ts";
import type { PipelineContext } from "./context.ts";
import { graphOf } from "./next-work.ts";
import { stepWorkOf } from "./steps/step-work-of.ts";
import { workWithin } from "./work-within.ts";

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
  if (first.kind === "not-claimable") return { kind: "done", note: `step is ${first.state}` };

  const sending: Promise<number>[] = [];
  let answer: JobAnswer = { kind: "done" };
  let claim: Claim | null = first.claim;
  while (claim !== null) {
    const current: Claim = claim;
    const leftMs = deliveryLimitMs - (ctx.clock.monotonicMs() - startedMs);
    const { end, committed } = await withLease(ctx, current, () => workAndCommit(ctx, current, leftMs));
    // Only the message's own step speaks to QStash: one that went on in place has been sent by itself.
    if (current === first.claim) answer = answerFor(end, committed);
    sending.push(publishQuietly(ctx, { runId: current.run.runId }));
    claim = committed.kept === null ? null : await claimKept(ctx, current, committed.kept.stepId, delivery);
  }
  await Promise.all(sending);
  faultPoint("answer.before");
  return answer;
}

async function claimKept(
  ctx: PipelineContext,
  previous: Claim,
  stepId: string,
  delivery: Delivery,
): Promise<Claim | null> {
  const next = await claimStep(ctx, { runId: previous.run.runId, stepId, delivery }, { billDelivery: false });
  return next.kind === "claimed" ? next.claim : null;
}

async function workAndCommit(
  ctx: PipelineContext,
  claim: Claim,
  leftMs: number,
): Promise<{ end: AttemptEnd; committed: Committed }> {
  const { tracer } = ctx.telemetry;
  recordWait(tracer, claim);
  const span = openAttemptSpan(tracer, claim, ctx.deployment);
  const meter = createAttemptMeter(ctx, {
    ...claim.run,
    stepId: claim.stepId,
    step: claim.step,
    attemptId: claim.attemptId,
  });
  const startedMs = ctx.clock.monotonicMs();
  const task = { run: claim.run, shard: claim.shard, input: claim.input, span, meter };
  const worked = await workWithin(ctx.clock, claim.timeLimitMs, () => stepWorkOf(claim.step)(ctx, task));
  faultPoint("step.worked");
  const workMs = ctx.clock.monotonicMs() - startedMs;
  meter.count({ meter: meters.computeMs, provider: "vercel", model: "*", quantity: Math.ceil(workMs) });

  const end = attemptEnd(claim, graphOf(claim.run.graphVersion), worked, {
    now: ctx.clock.now(),
    leftMs: leftMs - workMs,
  });
  if (worked.kind === "threw") logFault(ctx, claim, worked.error);
  const committed = await commitAttempt(ctx, claim, end, { entries: meter.entries(), workMs });
  const outcome = committed.written ? end.kind : "lost";
  span.set({ [attr.outcome]: outcome });
  const failure = end.kind === "succeeded" || end.kind === "held" ? null : end.failure.code;
  if (failure !== null) span.fail(failure);
  span.end();
  if (committed.runFinished) recordRoot(tracer, claim.run, failure, ctx.clock.now());
  return { end, committed };
}

function answerFor(end: AttemptEnd, committed: Committed): JobAnswer {
  if (!committed.written) return { kind: "done", note: "another worker had taken the lease" };
  if (end.kind === "retry") return { kind: "retry", error: end.error };
  if (end.kind === "failed") return { kind: "reject", error: end.error };
  return { kind: "done" };
}

function logFault(ctx: PipelineContext, claim: Claim, error: Error): void {
  const { runId, traceId } = claim.run;
  ctx.log.warn(
    { err: error, runId, stepId: claim.stepId, step: claim.step, traceId, spanId: claim.spanId },
    "a step met a fault",
  );
}
