import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { type StuckReason, stuckReasons } from "../../db/stuck-states.ts";

/** The state of the list that stands in the address. */
export const stuckFilters = {
  /** None chosen: all reasons. */
  reason: parseAsStringLiteral(stuckReasons),
  step: parseAsString.withDefault(""),
  project: parseAsString.withDefault(""),
  cursor: parseAsString,
};

/** What the list of stuck steps is asked with. */
export interface StuckFilters {
  readonly reason: StuckReason | null;
  readonly step: string;
  /** A project's slug. */
  readonly project: string;
  readonly cursor: string | null;
}

/** True when steps may be left out, so that an empty list says nothing about the whole. */
export function isNarrowed({ reason, step, project, cursor }: StuckFilters): boolean {
  return reason !== null || step !== "" || project !== "" || cursor !== null;
}
