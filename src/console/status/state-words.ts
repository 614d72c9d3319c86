import type { StepState } from "../../pipeline/files/file-view.ts";

/** The words for the states of files, runs and steps, as the API and the database have them. */
export const stateWords: Readonly<Record<StepState, string>> = {
  waiting: "Waiting",
  queued: "Queued",
  running: "Running",
  held: "Held",
  succeeded: "Succeeded",
  failed: "Failed",
  cancelled: "Cancelled",
};
