import type { AttemptEnd } from "../jobs/attempt-end.ts";
import { breakerSentence } from "../jobs/breaker/breaker-sentence.ts";
import type { Claim } from "../jobs/claim-step.ts";
import { errorCodes } from "../kernel/error-codes.ts";
import type { WaybillError } from "../kernel/errors.ts";
import { retryDelayMs } from "../providers/qstash.ts";
import type { StepGraph } from "./graph.ts";
import { nextWork } from "./next-work.ts";
import type { Worked } from "./work-within.ts";

/** How long a step is held when a provider's account is out of credit, in ms, before it is tried again. */
const creditHoldMs = 15 * 60_000;

/** Below this much time left, in ms, a delivery does not begin another step in place. */
const roomForAnotherStepMs = 130_000;

/**
 * How long a message is kept back for the delivery that goes on in place, in ms. It need only last from the
 * commit to the next claim; after that the step is no longer queued and its message is not due.
 */
const keptMs = 15_000;

/**
 * Decides how an attempt ends. Pure.
 * @param time.leftMs how long the delivery may still go on
 */
export function attemptEnd(
  claim: Claim,
  graph: StepGraph,
  worked: Worked,
  time: { now: Date; leftMs: number },
): AttemptEnd {
  switch (worked.kind) {
    case "done":
      return {
        kind: "succeeded",
        result: worked.result,
        write: worked.write ?? (() => Promise.resolve()),
        next: (steps) =>
          nextWork(graph, claim, steps, { plan: worked.plan ?? {}, estimates: worked.estimates ?? {} }),
        keepFirstUntil: time.leftMs < roomForAnotherStepMs ? null : new Date(time.now.getTime() + keptMs),
      };
    case "reject":
      return failed(worked.error);
    case "unpaid":
      return {
        kind: "held",
        reason: "budget_exhausted",
        message: errorCodes.budget_exhausted.sentence,
        until: { leastWorkMs: worked.neededMs },
      };
    case "threw":
      return endOfFault(claim, worked.error, time.now);
  }
}

function endOfFault(claim: Claim, error: WaybillError, now: Date): AttemptEnd {
  if (error.code === "provider_out_of_credit") {
    return {
      kind: "held",
      reason: error.code,
      message: error.publicMessage,
      until: new Date(now.getTime() + creditHoldMs),
    };
  }
  if (claim.probe !== null && (error.code === "provider_unavailable" || error.code === "step_timeout")) {
    // It was tried for the breaker's sake: that its provider is still ill costs the document no attempt.
    const { provider, nextCoolDownMs } = claim.probe;
    return {
      kind: "held",
      reason: "breaker_open",
      message: breakerSentence(provider),
      until: new Date(now.getTime() + nextCoolDownMs),
    };
  }
  if (!error.retryable || claim.attempt >= claim.maxAttempts) return failed(error);
  const askedMs = error.retryAfterSec === undefined ? undefined : error.retryAfterSec * 1000;
  const delayMs = askedMs ?? retryDelayMs(claim.attempt - 1);
  return {
    kind: "retry",
    failure: { code: error.code, message: error.publicMessage },
    error,
    nextAttemptAt: new Date(now.getTime() + delayMs),
  };
}

function failed(error: WaybillError): AttemptEnd {
  return { kind: "failed", failure: { code: error.code, message: error.publicMessage }, error };
}
