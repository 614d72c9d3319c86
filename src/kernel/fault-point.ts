/**
 * Named points between two statements at which a test kills the process, to prove that whatever is left
 * behind is found and carried on. Production never sets WAYBILL_FAULT_POINT, and then a point is a no-op.
 */
export type FaultPointName =
  | "claim.before"
  | "claim.opened"
  | "claim.held"
  | "claim.committed"
  | "step.call-begun"
  | "step.called"
  | "step.worked"
  | "commit.before"
  | "commit.step-written"
  | "commit.ledger-written"
  | "commit.outbox-written"
  | "commit.failure-filed"
  | "commit.committed"
  | "probe.settling"
  | "breaker.released"
  | "publish.before"
  | "publish.sent"
  | "publish.confirmed"
  | "answer.before"
  | "upload.committed"
  | "upload.published"
  | "correction.locked"
  | "correction.recorded"
  | "correction.committed"
  | "reconciliation.read"
  | "reconciliation.kept"
  | "requeue.readied"
  | "requeue.queued"
  | "requeue.audited"
  | "requeue.committed"
  | "requeue.published"
  | "turn.batched"
  | "turn.committed"
  | "turn.published"
  | "turn.advanced"
  | "turn.proved";

const armed = process.env.WAYBILL_FAULT_POINT;
let remaining = Number(process.env.WAYBILL_FAULT_AFTER ?? "1");

/** Kills the process without any clean-up when this is the armed point, the n-th time it is passed. */
export function faultPoint(name: FaultPointName): void {
  if (armed !== name) return;
  remaining -= 1;
  if (remaining === 0) process.kill(process.pid, "SIGKILL");
}
