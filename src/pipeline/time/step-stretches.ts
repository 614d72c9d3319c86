import { type Stretch, type TimedAttempt, type TimedStep, timeReasons } from "./timed-run.ts";

/**
 * What a step did and waited for, from its attempts and its present state. Nothing is taken from spans: they
 * may be dropped, the rows may not. Pure.
 * @param endMs when the run ended, or now
 */
export function stepStretches(step: TimedStep, endMs: number): Stretch[] {
  const stretches: Stretch[] = [];
  let previous: TimedAttempt | null = null;
  for (const attempt of step.attempts) {
    const wait = { sinceMs: attempt.waitedSinceMs, untilMs: attempt.startedMs, waitedFor: attempt.waitedFor };
    stretches.push(...waitStretches(step, previous, wait));
    stretches.push(workOf(step, attempt, endMs));
    previous = attempt;
  }
  return [...stretches, ...lastWait(step, previous, endMs), ...holdsOf(step, endMs)];
}

/** Waits that no attempt began: a budget holds a step before it is delivered, a breaker when it is. */
function holdsOf(step: TimedStep, endMs: number): Stretch[] {
  return step.holds.flatMap(({ reason, queuedMs, fromMs, toMs }): Stretch[] => [
    ...(queuedMs === null
      ? []
      : [{ kind: "queue" as const, step: step.name, reason: null, fromMs: queuedMs, toMs: fromMs }]),
    { kind: "held", step: step.name, reason, fromMs, toMs: toMs ?? endMs },
  ]);
}

function workOf(step: TimedStep, attempt: TimedAttempt, endMs: number): Stretch {
  return {
    kind: "work",
    step: step.name,
    reason: attempt.outcome === "lost" ? timeReasons.lost : null,
    fromMs: attempt.startedMs,
    toMs: attempt.finishedMs ?? endMs,
    spanId: attempt.spanId,
  };
}

interface Wait {
  readonly sinceMs: number | null;
  readonly untilMs: number;
  readonly waitedFor: TimedAttempt["waitedFor"];
}

/** The wait before an attempt: what the attempt before left behind, then the queue. */
function waitStretches(step: TimedStep, previous: TimedAttempt | null, wait: Wait): Stretch[] {
  const endedMs = previous?.finishedMs ?? null;
  const sinceMs = wait.sinceMs ?? endedMs;
  if (sinceMs === null) return [];
  const place = { step: step.name, reason: previous?.errorCode ?? null };
  const stretches: Stretch[] = [];
  let readyMs = sinceMs;
  if (previous !== null && endedMs !== null) {
    if (previous.outcome === "retry") {
      const dueMs = Math.min(previous.retryAtMs ?? wait.untilMs, wait.untilMs);
      stretches.push({ ...place, kind: "backoff", fromMs: endedMs, toMs: dueMs });
      readyMs = Math.max(dueMs, sinceMs);
    }
    if (previous.outcome === "held")
      stretches.push({ ...place, kind: "held", fromMs: endedMs, toMs: sinceMs });
  }
  const flowControlled = wait.waitedFor === "flow-control";
  stretches.push({
    kind: flowControlled ? "flow-control" : "queue",
    step: step.name,
    reason: flowControlled ? step.flowKey : null,
    fromMs: readyMs,
    toMs: wait.untilMs,
  });
  return stretches;
}

/** The wait that no attempt has ended: it goes on, or the step was given up in it. */
function lastWait(step: TimedStep, previous: TimedAttempt | null, endMs: number): Stretch[] {
  const { queuedMs, state } = step;
  const given = state === "failed" || state === "cancelled";
  if (queuedMs === null || !(given || state === "queued" || state === "held")) return [];
  const untilMs = given ? (step.finishedMs ?? endMs) : endMs;
  const endedMs = previous?.finishedMs ?? null;
  if (previous !== null && (endedMs === null || endedMs >= untilMs)) return [];
  const held = state === "held" || (given && previous?.outcome === "held" && endedMs === queuedMs);
  if (!held) return waitStretches(step, previous, { sinceMs: queuedMs, untilMs, waitedFor: null });
  const reason = step.heldReason ?? previous?.errorCode ?? null;
  return [{ kind: "held", step: step.name, reason, fromMs: queuedMs, toMs: untilMs }];
}
