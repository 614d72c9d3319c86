import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { systemClock } from "../../kernel/clock.ts";
import {
  flowControlViewSchema,
  inFlightViewSchema,
  logEventSchema,
  qstashPage,
  queueLetterSchema,
  queueViewSchema,
  scheduleViewSchema,
  wholeList,
} from "../../triage/queue/qstash-view.ts";
import { queueCountsSchema, queueStepList } from "../../triage/queue/queue-steps-view.ts";
import { getJson } from "../api-client.ts";
import { logSpanMs } from "./queue.model.ts";
import type { LogFilters, StepsFilter } from "./queue-state.ts";

const refreshMs = 5_000;
const pageSize = 50;

/** What could not be read once is read again when asked to: an error must not come and go by itself. */
const live = {
  placeholderData: keepPreviousData,
  refetchInterval: ({ state }: { state: { data: unknown } }) =>
    state.data === undefined ? false : refreshMs,
} as const;

const flowControlList = wholeList(flowControlViewSchema);
const queueList = wholeList(queueViewSchema);
const scheduleList = wholeList(scheduleViewSchema);
const letterPage = qstashPage(queueLetterSchema);
const logPage = qstashPage(logEventSchema);

/** How many steps are at work or wait, as Postgres knows. */
export const countsQuery = queryOptions({
  queryKey: ["queue", "counts"],
  queryFn: ({ signal }) => getJson("/api/v1/queue/counts", queueCountsSchema, { signal }),
  ...live,
});

/** How many deliveries QStash has on the wire. */
export const inFlightQuery = queryOptions({
  queryKey: ["queue", "wire"],
  queryFn: ({ signal }) => getJson("/api/v1/queue/in-flight", inFlightViewSchema, { signal }),
  ...live,
});

/** A page of steps whose message is in flight or delayed. */
export function stepsQuery(list: "in-flight" | "delayed", { step, project, cursor }: StepsFilter) {
  return queryOptions({
    queryKey: ["queue", "steps", list, step, project, cursor],
    queryFn: ({ signal }) =>
      getJson("/api/v1/queue/steps", queueStepList, {
        query: { list, step, project, cursor, limit: pageSize },
        signal,
      }),
    ...live,
  });
}

/** QStash's keys of flow control. */
export const flowControlQuery = queryOptions({
  queryKey: ["queue", "flow-control"],
  queryFn: ({ signal }) => getJson("/api/v1/queue/flow-control", flowControlList, { signal }),
  ...live,
});

/** QStash's queues. */
export const queuesQuery = queryOptions({
  queryKey: ["queue", "queues"],
  queryFn: ({ signal }) => getJson("/api/v1/queue/queues", queueList, { signal }),
  ...live,
});

/** QStash's schedules. */
export const schedulesQuery = queryOptions({
  queryKey: ["queue", "schedules"],
  queryFn: ({ signal }) => getJson("/api/v1/queue/schedules", scheduleList, { signal }),
  ...live,
});

/** A page of QStash's dead letters. */
export function lettersQuery(cursor: string | null) {
  return queryOptions({
    queryKey: ["queue", "dead-letters", cursor],
    queryFn: ({ signal }) =>
      getJson("/api/v1/queue/dead-letters", letterPage, { query: { cursor, limit: pageSize }, signal }),
    ...live,
  });
}

/** What narrows QStash's log, as the API takes it. */
export function logQueryOf({ state, url, message, span }: LogFilters) {
  return { state, url, messageId: message.trim(), from: span === null ? null : sinceOf(span) };
}

/** A page of QStash's log. */
export function logQuery(filters: LogFilters) {
  const { state, url, message, span, cursor } = filters;
  return queryOptions({
    queryKey: ["queue", "log", state, url, message, span, cursor],
    queryFn: ({ signal }) =>
      getJson("/api/v1/queue/log", logPage, {
        query: { ...logQueryOf(filters), cursor, limit: pageSize },
        signal,
      }),
    ...live,
  });
}

/** The beginning of a minute, so that all who look ask the same. */
function sinceOf(span: keyof typeof logSpanMs): string {
  const minuteMs = 60_000;
  const sinceMs = systemClock.now().getTime() - logSpanMs[span];
  return new Date(Math.floor(sinceMs / minuteMs) * minuteMs).toISOString();
}
