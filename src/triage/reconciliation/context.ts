import type { PipelineContext } from "../../pipeline/context.ts";

/** What holding the parts against each other needs of the outside world. */
export type ReconciliationContext = Pick<
  PipelineContext,
  "db" | "clock" | "log" | "queue" | "vector" | "deadLetters" | "telemetry" | "deployment"
>;
