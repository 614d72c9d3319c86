/** Of what a rule of alerts tells. */
export const alertKinds = [
  /** A failure group that there was not before. */
  "new-failure",
  /** A failure group that came back after it was said to be mended. */
  "returned-failure",
  /** A failure group by which more files stand failed than the rule's number. */
  "large-failure",
  /** Steps that do not go on, for longer than the rule's minutes. */
  "stuck",
  /** A provider's breaker opened. */
  "breaker",
  /** The oldest file under way is older than the rule's minutes. */
  "backlog",
  /** A requeue stopped by itself, as its canaries failed. */
  "stopped-requeue",
] as const;

/** One of them. */
export type AlertKind = (typeof alertKinds)[number];

/** Those that wait for a number of minutes. */
export const patientKinds = ["stuck", "backlog"] as const satisfies readonly AlertKind[];

/** Those that wait for a number of files that stand failed. */
export const countingKinds = ["large-failure"] as const satisfies readonly AlertKind[];

/** Those that can be of one project. */
export const projectKinds = [
  "new-failure",
  "returned-failure",
  "stuck",
  "backlog",
] as const satisfies readonly AlertKind[];
