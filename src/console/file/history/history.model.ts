import type { AuditEntryView } from "../../../triage/audit/audit-view.ts";

/** What was done and what it came from, in words. */
export function deedOf(entry: AuditEntryView): string {
  const { from } = entry.request;
  const { run, round } = entry.after;
  const place =
    from === "failed" ? "where it had failed" : from === "start" ? "from the start" : `from ${from}`;
  return round === 1 ? `Requeued ${place}: run ${run}.` : `Requeued ${place}: round ${round} of run ${run}.`;
}

/** The requeue of many files that the deed belongs to; null: the file was done alone. */
export function requeueOf({ request }: AuditEntryView): string | null {
  return typeof request.requeueId === "string" ? request.requeueId : null;
}

/** How the file stood before, in words. */
export function stateBefore({ before }: AuditEntryView): string {
  const run = Number(before.round) > 1 ? `Run ${before.run}, round ${before.round},` : `Run ${before.run}`;
  if (before.status !== "failed") return `${run} had ${before.status}.`;
  return `${run} had failed at ${before.failedStep} (${before.errorCode}).`;
}
