import { parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { liveRanges } from "../dashboards/shown-time.model.ts";

/** Which runs of a version are listed. */
export const runKinds = ["all", "under-way", "succeeded", "failed", "cancelled"] as const;
export type RunKind = (typeof runKinds)[number];

/** The state of the page that stands in the address. */
export const pipelineState = {
  /** The version that is drawn; null: the one that new runs go by. */
  version: parseAsInteger,
  /** The version that it is held against; null: none. */
  against: parseAsInteger,
  /** The step whose figures are open. */
  step: parseAsString,
  /** The time of the figures. */
  range: parseAsStringLiteral(liveRanges).withDefault("7d"),
  /** Which runs of the version are listed; null: none. */
  runs: parseAsStringLiteral(runKinds),
  /** Where the page of runs begins. */
  cursor: parseAsString,
};
