import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { logStates } from "../../triage/queue/qstash-view.ts";
import { chosenState } from "../list/choose/chosen-state.ts";

/** The tabs of the queue. */
export const queueTabs = [
  "in-flight",
  "delayed",
  "flow-control",
  "queues",
  "dead-letters",
  "log",
  "schedules",
] as const;

/** One of them. */
export type QueueTab = (typeof queueTabs)[number];

/** How far back the log is shown. */
export const logSpans = ["15m", "1h", "6h", "24h"] as const;

/** The state of the page that stands in the address. */
export const queueState = {
  tab: parseAsStringLiteral(queueTabs).withDefault("in-flight"),
  step: parseAsString.withDefault(""),
  project: parseAsString.withDefault(""),
  /** The states of the log; none chosen: all. */
  state: parseAsStringLiteral(logStates),
  /** Where the log's messages were sent: a path of ours, or an address. */
  url: parseAsString.withDefault(""),
  message: parseAsString.withDefault(""),
  /** How far back the log goes; none chosen: as far as QStash keeps it. */
  span: parseAsStringLiteral(logSpans),
  cursor: parseAsString,
  ...chosenState,
};

/** What of it narrows lists of steps. */
export interface StepsFilter {
  readonly step: string;
  readonly project: string;
  readonly cursor: string | null;
}

/** What of it narrows the log. */
export interface LogFilters {
  readonly state: (typeof logStates)[number] | null;
  readonly url: string;
  readonly message: string;
  readonly span: (typeof logSpans)[number] | null;
  readonly cursor: string | null;
}
