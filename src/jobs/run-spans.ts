import type { attempts } from "../db/schema/steps.ts";
import { deriveSpanId } from "../kernel/ids.ts";
import type { SpanPlace } from "../telemetry/carrier.ts";
import { clockSkewMs } from "../telemetry/clock-skew.ts";
import { attr, eventNames, spanNames } from "../telemetry/names.ts";
import { type JobTracer, providerFacts, type SpanScope } from "../telemetry/span-scope.ts";
import type { AttemptEnd } from "./attempt-end.ts";
import type { Claim } from "./claim-step.ts";
import { fingerprintOfEnd } from "./fingerprint.ts";
import type { RunFacts } from "./run-facts.ts";

/**
 * Opens the span of an attempt: under the run's root, linked to the span that sent the message. A worker
 * whose clock is behind the one that let the step wait says so.
 */
export function openAttemptSpan(tracer: JobTracer, claim: Claim, deployment: string): SpanScope {
  const { run, delivery, startedAt } = claim;
  const earlier = [run.createdAt, ...(claim.waitedSince ? [claim.waitedSince] : [])];
  const skewMs = clockSkewMs(
    startedAt.getTime(),
    earlier.map((time) => time.getTime()),
  );
  const span = startAttempt(tracer, spanNames.process(claim.step), run, {
    ...claim,
    ...delivery,
    deployment,
    links: delivery.sender ? [delivery.sender] : [],
  });
  if (skewMs > 0) {
    span.set({ [attr.clockSkew]: skewMs });
    span.event(eventNames.clockSkew, { [attr.clockSkew]: skewMs });
  }
  return span;
}

/** Closes the span of an attempt with its outcome and, where it met a fault, which kind of fault that was. */
export function closeAttemptSpan(span: SpanScope, claim: Claim, end: AttemptEnd, written: boolean): void {
  const fingerprint = fingerprintOfEnd(claim.step, end);
  span.set({
    [attr.outcome]: written ? end.kind : "lost",
    ...(fingerprint !== null && { [attr.errorFingerprint]: fingerprint }),
  });
  if (end.kind === "held") span.set({ [attr.errorCode]: end.reason });
  if (end.kind === "retry" || end.kind === "failed") {
    span.fail(end.failure.code);
    span.set(providerFacts(end.error));
  }
  if (!written) span.fail("lease_lost");
  span.end();
}

/**
 * Writes the span of an attempt that has ended from its row, where its worker could not: the trace has no hole.
 * What the worker alone knew is missing: what it called, and what a provider had answered.
 */
export function recordAttempt(
  tracer: JobTracer,
  run: RunFacts,
  place: { step: string; shard: number },
  attempt: typeof attempts.$inferSelect,
): void {
  if (attempt.finishedAt === null) return;
  const { outcome, errorCode } = attempt;
  const name = outcome === "lost" ? spanNames.lostAttempt(place.step) : spanNames.process(place.step);
  const span = startAttempt(tracer, name, run, {
    ...attempt,
    ...place,
    attempt: attempt.number,
    links: [],
  });
  span.set({ [attr.outcome]: outcome, [attr.recovered]: true });
  if (errorCode !== null) {
    if (outcome === "held") span.set({ [attr.errorCode]: errorCode });
    else span.fail(errorCode);
  }
  if (attempt.errorFingerprint !== null) span.set({ [attr.errorFingerprint]: attempt.errorFingerprint });
  span.end(attempt.finishedAt);
}

/** What a span of an attempt tells, whether its worker or the reconciler writes it. */
interface AttemptFacts {
  readonly stepId: string;
  readonly step: string;
  readonly shard: number;
  readonly attempt: number;
  readonly round: number;
  readonly spanId: string;
  readonly startedAt: Date;
  readonly messageId: string;
  readonly retried: number;
  readonly deployment: string;
  readonly links: readonly SpanPlace[];
}

function startAttempt(tracer: JobTracer, name: string, run: RunFacts, facts: AttemptFacts): SpanScope {
  const ids = { traceId: run.traceId, spanId: facts.spanId, parentSpanId: run.rootSpanId };
  const { startedAt, links } = facts;
  const attributes = {
    ...runAttributes(run),
    [attr.messagingSystem]: "qstash",
    [attr.messagingOperation]: "process",
    [attr.messagingOperationType]: "process",
    [attr.messagingDestination]: "/api/jobs/ingest-file",
    [attr.messageId]: facts.messageId,
    [attr.messageRetried]: facts.retried,
    [attr.step]: facts.step,
    [attr.stepId]: facts.stepId,
    [attr.shard]: facts.shard,
    [attr.attempt]: facts.attempt,
    [attr.round]: facts.round,
    [attr.deployment]: facts.deployment,
  };
  return tracer.start(name, ids, { kind: "consumer", startedAt, links, attributes });
}

/** Closes the trace of a run: the root span, from the upload to now. */
export function recordRoot(tracer: JobTracer, run: RunFacts, failedWith: string | null, now: Date): void {
  const root = tracer.start(
    spanNames.ingest,
    { traceId: run.traceId, spanId: run.rootSpanId, parentSpanId: null },
    {
      startedAt: run.createdAt,
      links: previousRoot(run),
      attributes: {
        ...runAttributes(run),
        [attr.round]: run.round,
        [attr.outcome]: failedWith === null ? "succeeded" : "failed",
      },
    },
  );
  if (failedWith !== null) root.fail(failedWith);
  root.end(now);
}

/** The id of the span of a file's upload, in its first run. */
export function uploadSpanIdOf(runId: string): string {
  return deriveSpanId("upload", runId);
}

/** Writes the span of an upload from the rows, where the process that received it could not. */
export function recordLostUpload(tracer: JobTracer, run: RunFacts, acceptedAt: Date): void {
  const ids = { traceId: run.traceId, spanId: uploadSpanIdOf(run.runId), parentSpanId: run.rootSpanId };
  const attributes = { ...runAttributes(run), [attr.bytes]: run.bytes, [attr.recovered]: true };
  const options = { kind: "server", startedAt: run.createdAt, attributes } as const;
  tracer.start(spanNames.receiveUpload, ids, options).end(acceptedAt);
}

/** The root of the run before, of which this one is the requeue; none for the first. */
function previousRoot(run: RunFacts): SpanPlace[] {
  const { previousTraceId: traceId, previousRootSpanId: spanId } = run;
  return traceId === null || spanId === null ? [] : [{ traceId, spanId }];
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
