/**
 * The states of a failure group. `regressed` is set by Waybill alone, when a failure of the kind is met under the
 * deployment that was said to have mended it, or a later one.
 */
export const failureStates = ["open", "regressed", "ignored", "resolved"] as const;

/** One of them. */
export type FailureState = (typeof failureStates)[number];

/** What a list of failure groups is sorted by, the most first. */
export const failureSorts = ["last-seen", "first-seen", "failures", "files", "wasted"] as const;

/** A file to which the same failure has happened so often in a row will hardly succeed by another try. */
export const poisonAfter = 3;
