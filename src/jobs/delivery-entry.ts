import { reservationId } from "../costs/budgets/quote-steps.ts";
import type { NewEntry } from "../costs/ledger/record-entries.ts";
import { deriveId } from "../kernel/ids.ts";
import { meters } from "../telemetry/names.ts";
import type { Delivery } from "./receive.ts";
import type { RunFacts } from "./run-facts.ts";

/**
 * The entries of a delivery and of those before it. QStash counts its retries: one that no worker took up is
 * known by the next that comes, and is put down then. Those that are in the ledger already stay as they are.
 * @param step.dispatch the one that the message is for: it pays
 */
export function deliveryEntries(
  run: Pick<RunFacts, "projectId" | "fileId" | "runId">,
  step: { id: string; name: string; dispatch: number },
  attemptId: string | null,
  delivery: { messageId: string; retried: number },
  at: Date,
): NewEntry[] {
  const before = Array.from({ length: delivery.retried }, (_, retried) => ({ ...delivery, retried }));
  const missed = before.map((one) => deliveryEntry(run, step, null, one, at));
  return [
    ...missed.map((entry) => ({ ...entry, waste: "failed-delivery" as const })),
    deliveryEntry(run, step, attemptId, delivery, at),
  ];
}

/**
 * The ledger entry of one delivery attempt, which QStash charges whether or not we had work for it. Named by
 * message and retry, so that a delivery that comes in twice is put down once.
 */
function deliveryEntry(
  run: Pick<RunFacts, "projectId" | "fileId" | "runId">,
  step: { id: string; name: string; dispatch: number },
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
    reservationId: reservationId(step.id, step.dispatch),
    at,
  };
}

/** The ledger entry of a scheduled message, which costs like any other and belongs to no file. */
export function scheduledEntry(
  job: "tick" | "retention" | "reconcile" | "requeue",
  delivery: Delivery,
  at: Date,
): NewEntry {
  return {
    id: deriveId("entry", "delivery", delivery.messageId, delivery.retried),
    projectId: null,
    fileId: null,
    runId: null,
    stepId: null,
    step: job,
    attemptId: null,
    meter: meters.qstashMessages,
    provider: "upstash",
    model: "*",
    quantity: 1,
    estimated: false,
    at,
  };
}
