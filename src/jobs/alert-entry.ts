import { deriveId } from "../kernel/ids.ts";
import { meters } from "../telemetry/names.ts";

/** The ledger entry of an alert: one delivery, as far as we know: what the other side answers to it is not told to us. */
export function alertEntry(id: string, at: Date) {
  const owner = { projectId: null, fileId: null, runId: null, stepId: null, step: "alert", attemptId: null };
  const message = { meter: meters.qstashMessages, provider: "upstash", model: "*", quantity: 1 };
  return { ...owner, ...message, id: deriveId("entry", "alert", id), estimated: true, at };
}
