import { deriveSpanId } from "../kernel/ids.ts";
import { attr, spanNames } from "../telemetry/names.ts";
import type { JobTracer, SpanScope } from "../telemetry/span-scope.ts";
import type { Claim } from "./claim-step.ts";
import type { RunFacts } from "./run-facts.ts";

/** Opens the span of an attempt: under the run's root, linked to the span that sent the message. */
export function openAttemptSpan(tracer: JobTracer, claim: Claim, deployment: string): SpanScope {
  const { run, delivery } = claim;
  return tracer.start(
    spanNames.process(claim.step),
    { traceId: run.traceId, spanId: claim.spanId, parentSpanId: run.rootSpanId },
    {
      kind: "consumer",
      startedAt: claim.startedAt,
      links: delivery.sender ? [delivery.sender] : [],
      attributes: {
        ...runAttributes(run),
        [attr.messagingSystem]: "qstash",
        [attr.messagingOperation]: "process",
        [attr.messagingOperationType]: "process",
        [attr.messagingDestination]: "/api/jobs/ingest-file",
        [attr.messageId]: delivery.messageId,
        [attr.messageRetried]: delivery.retried,
        [attr.step]: claim.step,
        [attr.stepId]: claim.stepId,
        [attr.shard]: claim.shard,
        [attr.attempt]: claim.attempt,
        [attr.deployment]: deployment,
      },
    },
  );
}

/** Records the wait that ended with this claim, so that no part of a file's time is unexplained. */
export function recordWait(tracer: JobTracer, claim: Claim): void {
  if (claim.waitedSince === null || claim.waitedSince >= claim.startedAt) return;
  const name = claim.waitedFor === "queue" ? spanNames.waitQueue : spanNames.waitBackoff;
  tracer
    .start(
      name,
      {
        traceId: claim.run.traceId,
        spanId: deriveSpanId("wait", claim.attemptId),
        parentSpanId: claim.run.rootSpanId,
      },
      {
        startedAt: claim.waitedSince,
        attributes: {
          ...runAttributes(claim.run),
          [attr.step]: claim.step,
          [attr.stepId]: claim.stepId,
          [attr.shard]: claim.shard,
          [attr.waitReason]: claim.waitedFor,
        },
      },
    )
    .end(claim.startedAt);
}

/** Records a hold that ended. */
export function recordHold(
  tracer: JobTracer,
  run: RunFacts,
  held: { stepId: string; step: string; shard: number; dispatch: number; reason: string; since: Date },
  until: Date,
): void {
  tracer
    .start(
      spanNames.waitHeld,
      {
        traceId: run.traceId,
        spanId: deriveSpanId("held", held.stepId, held.dispatch),
        parentSpanId: run.rootSpanId,
      },
      {
        startedAt: held.since,
        attributes: {
          ...runAttributes(run),
          [attr.step]: held.step,
          [attr.stepId]: held.stepId,
          [attr.shard]: held.shard,
          [attr.waitReason]: held.reason,
        },
      },
    )
    .end(until);
}

/** Closes the trace of a run: the root span, from the upload to now. */
export function recordRoot(tracer: JobTracer, run: RunFacts, failedWith: string | null, now: Date): void {
  const root = tracer.start(
    spanNames.ingest,
    { traceId: run.traceId, spanId: run.rootSpanId, parentSpanId: null },
    { startedAt: run.createdAt, attributes: runAttributes(run) },
  );
  if (failedWith !== null) root.fail(failedWith);
  root.end(now);
}

/** What every span of a run carries. */
export function runAttributes(
  run: Pick<RunFacts, "fileId" | "runId" | "runNumber" | "projectSlug" | "graphVersion">,
) {
  return {
    [attr.fileId]: run.fileId,
    [attr.runId]: run.runId,
    [attr.runNumber]: run.runNumber,
    [attr.project]: run.projectSlug,
    [attr.graphVersion]: run.graphVersion,
  };
}
