import { sha256Hex } from "../kernel/hash.ts";
import { normaliseMessage } from "../kernel/normalise-message.ts";
import type { AttemptEnd } from "./attempt-end.ts";

/** One failure of a step, as far as it says which kind of failure it is. */
export interface FailureFacts {
  readonly step: string;
  readonly code: string;
  /** The sentence that a person reads. */
  readonly message: string;
  readonly provider: string | null;
  /** The provider's HTTP status. */
  readonly status: number | null;
}

/**
 * 16 hex digits that are the same for failures of the same kind, whichever document, run or time.
 * @param normalise by which sentences of one kind become the same; other versions have other ones
 */
export function fingerprintOf(facts: FailureFacts, normalise = normaliseMessage): string {
  const { step, code, message, provider, status } = facts;
  const kind = [step, code, normalise(message), provider, status];
  return sha256Hex(JSON.stringify(kind)).slice(0, 16);
}

/** The fingerprint of the fault with which an attempt of a step ended; null where it met none. */
export function fingerprintOfEnd(step: string, end: AttemptEnd): string | null {
  const facts = factsOfEnd(step, end);
  return facts && fingerprintOf(facts);
}

/** The fault with which an attempt of a step ended; null where it met none. */
export function factsOfEnd(step: string, end: AttemptEnd): FailureFacts | null {
  switch (end.kind) {
    case "succeeded":
      return null;
    case "held":
      return { step, code: end.reason, message: end.message, provider: null, status: null };
    case "retry":
    case "failed": {
      const { provider, status } = end.error.details;
      return {
        step,
        ...end.failure,
        provider: typeof provider === "string" ? provider : null,
        status: typeof status === "number" ? status : null,
      };
    }
  }
}
