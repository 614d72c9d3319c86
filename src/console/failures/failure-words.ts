import type { FailureState } from "../../db/failure-states.ts";

/** The words for the states of failure groups. */
export const failureWords: Readonly<Record<FailureState, string>> = {
  open: "Open",
  regressed: "Regressed",
  ignored: "Ignored",
  resolved: "Resolved",
};
