import type { FindingClass, ReconciliationStage } from "../../db/reconciliation-states.ts";
import type { FindingFacts } from "../../db/schema/reconciliations.ts";

/** A disagreement as a stage found it. */
export interface Finding {
  readonly class: FindingClass;
  /** The id of the dead letter, step, file or vector. */
  readonly subject: string;
  readonly fileId: string | null;
  readonly facts: FindingFacts;
}

/** A page of a stage: what was looked at, what was found, and where it goes on; null at its end. */
export interface StagePage {
  readonly read: number;
  readonly findings: readonly Finding[];
  readonly position: string | null;
}

/** What looks through a part, page by page. */
export type Stage = Exclude<ReconciliationStage, "done">;
