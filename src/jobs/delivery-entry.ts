import type { NewEntry } from "../costs/record-entries.ts";
import { deriveId } from "../kernel/ids.ts";
import { meters } from "../telemetry/names.ts";
import type { RunFacts } from "./run-facts.ts";

/**
 * The ledger entry of one delivery attempt, which QStash charges whether or not we had work for it. Named by
 * message and retry, so that a delivery that comes in twice is put down once.
 */
export function deliveryEntry(
  run: Pick<RunFacts, "projectId" | "fileId" | "runId">,
  step: { id: string; name: string },
  attemptId: string | null,
  delivery: { messageId: string; retried: number },
  at: Date,
): NewEntry {
  return {
    id: deriveId("entry", "delivery", delivery.messageId, delivery.retried),
    projectId: run.projectId,
    fileId: run.fileId,
    runId: run.runId,
    stepId: step.id,
    step: step.name,
    attemptId,
    meter: meters.qstashMessages,
    provider: "upstash",
    model: "*",
    quantity: 1,
    estimated: false,
    at,
  };
}
