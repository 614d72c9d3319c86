import type { StuckReason } from "../../db/stuck-states.ts";
import type { StuckStep } from "./stuck-view.ts";

/** No step is stuck before this time, in ms: a message may be a minute late, and a p99 of 50 ms says little. */
export const leastStuckMs = 60_000;

/** Which stuck steps; what is left out narrows nothing. */
export interface StuckFilter {
  readonly reason?: StuckReason | undefined;
  readonly step?: string | undefined;
  /** A project's slug. */
  readonly project?: string | undefined;
}

/** A stuck step with its place in the list: a time (ISO 8601) and its id. */
export interface PlacedStep {
  readonly place: readonly [at: string, stepId: string];
  readonly item: StuckStep;
}

/** What both parts of the list are asked with. */
export interface StuckPart extends Omit<StuckFilter, "reason"> {
  readonly now: Date;
  readonly after: PlacedStep["place"] | null;
  /** Most rows. */
  readonly limit: number;
}
