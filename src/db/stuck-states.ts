/** Why a step has not gone on for longer than steps of its kind do. */
export const stuckReasons = [
  "not-delivered",
  "lost-callback",
  "backoff",
  "rate-limited",
  "held-by-budget",
  "held-by-provider",
  "breaker-open",
  "running-long",
  "waiting-for-siblings",
] as const;

/** One of them. */
export type StuckReason = (typeof stuckReasons)[number];

/** What a person can do about a stuck step. */
export const stuckActions = ["retry-now", "resend", "fail-now"] as const;

/** One of them. */
export type StuckAction = (typeof stuckActions)[number];
