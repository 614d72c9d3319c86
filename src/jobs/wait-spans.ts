import { deriveSpanId } from "../kernel/ids.ts";
import { attr, spanNames } from "../telemetry/names.ts";
import type { JobTracer } from "../telemetry/span-scope.ts";
import type { Join } from "./attempt-end.ts";
import type { EndedBreakerHold } from "./breaker/breaker-holds.ts";
import type { Claim } from "./claim-step.ts";
import type { EndedHold } from "./ended-holds.ts";
import type { RunFacts } from "./run-facts.ts";
import { runAttributes } from "./run-spans.ts";
import { stepId } from "./transitions.ts";

const claimWaits = {
  queue: spanNames.waitQueue,
  backoff: spanNames.waitBackoff,
  "flow-control": spanNames.waitFlowControl,
} as const;

/** A wait of a step instance, with all that tells it apart from others. */
interface Wait {
  readonly name: string;
  /** What its id is derived from: the same wait written twice is one span. */
  readonly id: readonly (string | number)[];
  readonly place: { readonly stepId: string; readonly step: string; readonly shard: number };
  readonly reason: string;
  readonly since: Date;
  readonly until: Date;
  /** The step whose shards were waited for. */
  readonly waitedFor?: string;
  readonly budget?: { readonly budgetId: string; readonly budget: string };
  /** The provider whose breaker was open. */
  readonly provider?: string;
}

/** An attempt, with what its step had waited for: as its worker knows it, or as the rows do. */
type AttemptAfterWait = Pick<
  Claim,
  "run" | "attemptId" | "stepId" | "step" | "shard" | "waitedSince" | "startedAt" | "held"
> & { readonly waitedFor: Claim["waitedFor"] | null };

/**
 * Records the wait that ended with an attempt's start, and the hold before it, so that no part of a file's time
 * is unexplained.
 */
export function recordAttemptWait(tracer: JobTracer, attempt: AttemptAfterWait): void {
  const { run, attemptId, waitedSince: since, waitedFor, held, startedAt: until } = attempt;
  if (since === null) return;
  // What waited for money or a breaker is recorded from the hold itself, which knows the budget or the provider.
  const hasRow = held?.reason === "budget_exhausted" || held?.reason === "breaker_open";
  if (held !== null && !hasRow && held.since !== null && held.since < since) {
    const { attemptId: heldAttempt, reason } = held;
    const wait = { name: spanNames.waitHeld, id: ["held", heldAttempt], reason: reason ?? "unknown" };
    record(tracer, run, { ...wait, place: attempt, since: held.since, until: since });
  }
  if (waitedFor === null || since >= until) return;
  const name = claimWaits[waitedFor];
  record(tracer, run, { name, id: ["wait", attemptId], place: attempt, reason: waitedFor, since, until });
}

/** Records how long a step waited for money, and which budget had none. */
export function recordBudgetHold(tracer: JobTracer, run: RunFacts, hold: EndedHold): void {
  record(tracer, run, {
    name: spanNames.waitHeld,
    id: ["held", hold.holdId],
    place: hold,
    reason: "budget_exhausted",
    since: hold.since,
    until: hold.until,
    budget: hold,
  });
}

/** Records how long a step waited for a provider's breaker, and for the delivery that found it open. */
export function recordBreakerHold(tracer: JobTracer, run: RunFacts, hold: EndedBreakerHold): void {
  const { holdId, queuedSince, since, until, provider } = hold;
  if (queuedSince !== null && queuedSince < since) {
    const wait = { name: spanNames.waitQueue, id: ["wait", holdId], place: hold, reason: "queue" };
    record(tracer, run, { ...wait, since: queuedSince, until: since });
  }
  const wait = { name: spanNames.waitHeld, id: ["held", holdId], place: hold, reason: "breaker_open" };
  record(tracer, run, { ...wait, since, until, provider });
}

/** Records how long steps that need all shards of another waited between the first and the last of them. */
export function recordJoins(tracer: JobTracer, claim: Claim, joins: readonly Join[]): void {
  for (const { name, shard, after, since, until } of joins) {
    const place = { stepId: stepId(claim.run.runId, name, shard), step: name, shard };
    record(tracer, claim.run, {
      name: spanNames.waitSiblings,
      id: ["siblings", claim.attemptId, place.stepId],
      place,
      reason: "siblings",
      since,
      until,
      waitedFor: after,
    });
  }
}

function record(tracer: JobTracer, run: RunFacts, wait: Wait): void {
  const { traceId, rootSpanId: parentSpanId } = run;
  const ids = { traceId, spanId: deriveSpanId(...wait.id), parentSpanId };
  const attributes = {
    ...runAttributes(run),
    [attr.round]: run.round,
    [attr.step]: wait.place.step,
    [attr.stepId]: wait.place.stepId,
    [attr.shard]: wait.place.shard,
    [attr.waitReason]: wait.reason,
    ...(wait.waitedFor !== undefined && { [attr.waitFor]: wait.waitedFor }),
    ...(wait.provider !== undefined && { [attr.provider]: wait.provider }),
    ...(wait.budget && { [attr.budgetId]: wait.budget.budgetId, [attr.budget]: wait.budget.budget }),
  };
  tracer.start(wait.name, ids, { startedAt: wait.since, attributes }).end(wait.until);
}
