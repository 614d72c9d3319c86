import type { BreakerCause, BreakerState } from "../../db/breaker-states.ts";
import type { ServiceView } from "../../triage/providers/services-view.ts";

/** What a breaker's states are called: by what they mean for the steps. */
export const breakerWords: Readonly<Record<BreakerState, string>> = {
  closed: "Closed",
  open: "Open",
  "half-open": "Trying",
};

/** Why a breaker's state changed. */
export const causeWords: Readonly<Record<BreakerCause, string>> = {
  errors: "Too many calls failed",
  probe: "A step tries",
  "probe-lost": "The step that tried was not heard of again",
  "probe-idle": "The step that tried did not call it",
  "probe-succeeded": "The step that tried succeeded",
  "probe-failed": "The step that tried met it ill",
  person: "By hand",
};

/** What the states of services without a breaker are called. */
export const serviceWords: Readonly<Record<ServiceView["state"], string>> = {
  well: "Answers",
  late: "Late",
  failed: "No answer",
  unused: "Not used",
};
