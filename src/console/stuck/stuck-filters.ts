import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { type BreakerProvider, breakerProviders } from "../../db/breaker-states.ts";
import { type StuckReason, stuckReasons } from "../../db/stuck-states.ts";

/** The state of the list that stands in the address. */
export const stuckFilters = {
  /** None chosen: all reasons. */
  reason: parseAsStringLiteral(stuckReasons),
  step: parseAsString.withDefault(""),
  project: parseAsString.withDefault(""),
  /** None chosen: steps of all providers, and of none. */
  provider: parseAsStringLiteral(breakerProviders),
  cursor: parseAsString,
};

/** What the list of stuck steps is asked with. */
export interface StuckFilters {
  readonly reason: StuckReason | null;
  readonly step: string;
  /** A project's slug. */
  readonly project: string;
  readonly provider: BreakerProvider | null;
  readonly cursor: string | null;
}

/** True when steps may be left out, so that an empty list says nothing about the whole. */
export function isNarrowed({ reason, step, project, provider, cursor }: StuckFilters): boolean {
  return reason !== null || step !== "" || project !== "" || provider !== null || cursor !== null;
}
