import type { AccessContext } from "../../access/context.ts";
import type { JobsContext } from "../../jobs/context.ts";

/** What it takes to tell somebody of something. */
export interface AlertContext extends Pick<JobsContext, "db" | "clock" | "queue" | "log"> {
  readonly env: AccessContext["env"];
}
