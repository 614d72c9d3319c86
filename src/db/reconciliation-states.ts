/** What QStash, Postgres and the vector index can disagree about. */
export const findingClasses = [
  "dead-letter-but-done",
  "dead-letter-unknown",
  "queued-but-unknown",
  "done-without-vectors",
  "vectors-without-owner",
] as const;

/** A kind of disagreement. */
export type FindingClass = (typeof findingClasses)[number];

/** What a reconciliation looks through, in this order; `done` when all is looked through. */
export const reconciliationStages = ["dead-letters", "queued", "files", "vectors", "done"] as const;

/** What a reconciliation is at. */
export type ReconciliationStage = (typeof reconciliationStages)[number];

/** What became of a finding: it was put right, or the parts had agreed again by themselves. */
export const findingOutcomes = ["repaired", "gone"] as const;

/** What became of a finding. */
export type FindingOutcome = (typeof findingOutcomes)[number];
