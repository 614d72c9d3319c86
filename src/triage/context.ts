import type { AccessContext } from "../access/context.ts";
import type { AcceptContext } from "../pipeline/files/new-file.ts";

/**
 * The room of triage: what a person does about what went wrong, one verb a file. It owns the audit log: every
 * change lands there in its own transaction. It asks jobs for changes of state and the pipeline for what a
 * graph wants; it must not import the API, the console or the pages.
 */
export interface TriageContext extends AcceptContext {
  readonly env: Pick<AccessContext["env"], "WAYBILL_SESSION_SECRET">;
}
