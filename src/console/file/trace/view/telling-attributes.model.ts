import { attr } from "../../../../telemetry/names.ts";

/** The same for every span of a file or a step, or said in other words beside it. */
const known: ReadonlySet<string> = new Set([
  attr.fileId,
  attr.runId,
  attr.runNumber,
  attr.project,
  attr.graphVersion,
  attr.step,
  attr.stepId,
  attr.shard,
  attr.attempt,
  attr.round,
  attr.waitReason,
  attr.errorType,
  attr.errorCode,
  attr.messagingSystem,
  attr.messagingOperation,
  attr.messagingOperationType,
  attr.messagingDestination,
]);

/** Those attributes of a span that tell it from the others around it, by name. */
export function tellingAttributes(attributes: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(attributes)
    .filter(([name]) => !known.has(name))
    .sort(([a], [b]) => a.localeCompare(b));
}
