import type { AttemptView, RunView, StepView } from "../../../../pipeline/files/file-view.ts";
import type { SlimSpan } from "../../../../telemetry/slim-span.ts";

/**
 * What a run is doing and waiting for at this moment, as spans that have not ended: a span is recorded when its
 * work ends, so until then it is told from the steps. An open attempt has the id that its span will have.
 */
export function openSpans(run: RunView): SlimSpan[] {
  if (run.finishedAt !== null) return [];
  return run.steps.flatMap((step) => {
    if (step.retired) return [];
    const attempt = step.attempts.findLast(({ finishedAt }) => finishedAt === null);
    if (attempt !== undefined) return [openAttempt(run, step, attempt)];
    const wait = openWait(run, step);
    return wait === null ? [] : [wait];
  });
}

/**
 * The attempts that have ended and whose spans have not come: a delivery stores its spans when all of it has ended,
 * and a full store takes none. Told from the steps, they stay on the page meanwhile.
 * @param recorded the ids of the spans that have been read
 */
export function unrecordedAttempts(run: RunView, recorded: ReadonlySet<string>): SlimSpan[] {
  return run.steps.flatMap((step) =>
    step.attempts
      .filter(({ finishedAt, spanId }) => finishedAt !== null && !recorded.has(spanId))
      .map((attempt) => endedAttempt(run, step, attempt)),
  );
}

function endedAttempt(run: RunView, step: StepView, attempt: AttemptView): SlimSpan {
  const failed = attempt.outcome !== "succeeded" && attempt.outcome !== "held";
  return {
    ...openAttempt(run, step, attempt),
    name: `process ${step.name}${attempt.outcome === "lost" ? " (lost)" : ""}`,
    endNs: nsOf(attempt.finishedAt ?? attempt.startedAt),
    status: failed ? "error" : "unset",
    statusMessage: failed ? attempt.errorCode : null,
    errorCode: attempt.errorCode,
  };
}

function openAttempt(run: RunView, step: StepView, attempt: AttemptView): SlimSpan {
  return {
    ...common(run, step, attempt.startedAt),
    spanId: attempt.spanId,
    name: `process ${step.name}`,
    kind: "consumer",
    attempt: attempt.number,
  };
}

function openWait(run: RunView, step: StepView): SlimSpan | null {
  const since = step.attempts.at(-1)?.finishedAt ?? step.queuedAt;
  if (since === null) return null;
  const wait = { ...common(run, step, since), spanId: `open.${step.id}` };
  if (step.state === "held") return { ...wait, name: "wait while held", waitReason: step.heldReason };
  if (step.state !== "queued") return null;
  return step.attempts.length > 0 && step.nextAttemptAt !== null
    ? { ...wait, name: "wait for next attempt", waitReason: "backoff" }
    : { ...wait, name: "wait in queue", waitReason: "queue" };
}

function common(run: RunView, step: StepView, since: string): SlimSpan {
  const startNs = nsOf(since);
  return {
    traceId: run.traceId,
    spanId: "",
    parentSpanId: null,
    name: "",
    kind: "internal",
    startNs,
    endNs: startNs,
    status: "unset",
    statusMessage: null,
    runId: run.id,
    step: step.name,
    shard: step.shard,
    attempt: null,
    waitReason: null,
    errorCode: null,
    links: [],
  };
}

function nsOf(iso: string): string {
  return `${Date.parse(iso)}000000`;
}
