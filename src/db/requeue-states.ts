/**
 * The states of a requeue of a plan: `scheduled` until its undo window is over, `canary` while its first files
 * decide about the rest, `stopped` by itself, `cancelled` by a person, `done` when every file has its outcome.
 */
export const requeueStates = [
  "scheduled",
  "canary",
  "running",
  "paused",
  "stopped",
  "cancelled",
  "done",
] as const;

/** One of them. */
export type RequeueState = (typeof requeueStates)[number];

/** True for a requeue that sends no more, whether or not all that it sent has ended. */
export function isOver(state: RequeueState): boolean {
  return state === "done" || state === "cancelled" || state === "stopped";
}

/** Why a plan leaves a file out, or why its requeue skipped it. */
export const exclusions = [
  "running",
  "poison",
  "gone",
  "nothing-failed",
  "step-not-reached",
  "in-other-requeue",
] as const;

/** One of them. */
export type Exclusion = (typeof exclusions)[number];

/** What is written down of a file of a requeue. */
export const storedOutcomes = ["pending", "sent", "succeeded", "failed", "skipped"] as const;

/** What became of a file of a requeue. `held`: it was sent, waits for money or for a provider, and goes on by itself. */
export const requeueOutcomes = [...storedOutcomes, "held"] as const;

/** One of them. */
export type RequeueOutcome = (typeof requeueOutcomes)[number];
