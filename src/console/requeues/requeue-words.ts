import type { RequeueOutcome, RequeueState } from "../../db/requeue-states.ts";

/** The words for the states of requeues. */
export const requeueWords: Readonly<Record<RequeueState, string>> = {
  scheduled: "Scheduled",
  canary: "Canary",
  running: "Running",
  paused: "Paused",
  stopped: "Stopped",
  cancelled: "Cancelled",
  done: "Done",
};

/** The words for what became of files. */
export const outcomeWords: Readonly<Record<RequeueOutcome, string>> = {
  succeeded: "Succeeded",
  failed: "Failed again",
  held: "Held",
  sent: "On their way",
  pending: "Not sent",
  skipped: "Skipped",
};

/** The outcomes in the order in which a bar shows them: what has ended first. */
export const outcomesInOrder = ["succeeded", "failed", "skipped", "held", "sent", "pending"] as const;
