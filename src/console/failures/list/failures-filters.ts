import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { type FailureState, failureSorts, failureStates } from "../../../db/failure-states.ts";

/** The spans of time in which a group's newest failure may lie. */
export const failureSpans = ["1h", "24h", "7d", "30d"] as const;

/** The state of the list that stands in the address. */
export const failuresFilters = {
  /** None chosen: those that want somebody, which are open and regressed. */
  state: parseAsArrayOf(parseAsStringLiteral(failureStates)).withDefault(["open", "regressed"]),
  project: parseAsString.withDefault(""),
  q: parseAsString.withDefault(""),
  step: parseAsString.withDefault(""),
  since: parseAsStringLiteral(failureSpans),
  sort: parseAsStringLiteral(failureSorts).withDefault("last-seen"),
  cursor: parseAsString,
};

/** What the list of failure groups is asked with. */
export interface FailuresFilters {
  readonly state: readonly FailureState[];
  readonly project: string;
  readonly q: string;
  readonly step: string;
  readonly since: (typeof failureSpans)[number] | null;
  readonly sort: (typeof failureSorts)[number];
  readonly cursor: string | null;
}

const spanMs = { "1h": 3_600_000, "24h": 86_400_000, "7d": 7 * 86_400_000, "30d": 30 * 86_400_000 } as const;

/** The beginning of a span of time that ends now, to the minute, so that a list is not another one each second. */
export function sinceOf(span: FailuresFilters["since"], now: Date): string | null {
  if (span === null) return null;
  return new Date(Math.floor((now.getTime() - spanMs[span]) / 60_000) * 60_000).toISOString();
}

/** True when groups that want somebody may be left out, so that an empty list says nothing about the whole. */
export function isNarrowed({ state, project, q, step, since, cursor }: FailuresFilters): boolean {
  const all = state.length === 0 || (state.includes("open") && state.includes("regressed"));
  return !all || project !== "" || q !== "" || step !== "" || since !== null || cursor !== null;
}
