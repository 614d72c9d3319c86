/** What people change; each change of one of these kinds is in the audit log. */
export const auditActions = [
  "file.requeue",
  "price.add",
  "plan.set",
  "budget.create",
  "budget.change",
  "budget.remove",
  "budget.release",
  "failure.set-state",
  "failure.assign",
  "failure.note",
  "failure.merge",
  "failure.split",
  "requeue.execute",
  "requeue.pause",
  "requeue.resume",
  "requeue.cancel",
  "reconciliation.begin",
  "reconciliation.repair",
  "step.retry-now",
  "step.resend",
  "step.fail-now",
  "provider.open",
  "provider.close",
  "provider.probe",
] as const;

/** A kind of change. */
export type AuditAction = (typeof auditActions)[number];
