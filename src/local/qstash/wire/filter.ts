import { logStates } from "../entities.ts";
import { refusal } from "../refusal.ts";

/** A condition of SQL over `m` (a message); `bind` puts a value in and gives its place. */
export type Condition = (bind: (value: unknown) => string) => string;

/** What every list can be filtered by. */
const commonFilters = {
  callerIp: anyOf("m.spec->>'callerIp'"),
  callerIP: anyOf("m.spec->>'callerIp'"),
  flowControlKey: anyOf("m.flow_key"),
  url: anyOf("m.spec->>'url'"),
  topicName: anyOf("m.spec->>'topicName'"),
  scheduleId: anyOf("m.spec->>'scheduleId'"),
  queueName: anyOf("m.spec->>'queueName'"),
  messageId: anyOf("m.message_id"),
  label: labelFilter,
} satisfies FilterSet;
/** By the destination's host and path, which the DLQ does not have. */
const placeFilters = {
  host: anyOf("substring(m.spec->>'url' from '^[a-zA-Z]+://([^/?#]+)')"),
  path: anyOf("substring(m.spec->>'url' from '^[a-zA-Z]+://[^/?#]+([^?#]*)')"),
} satisfies FilterSet;

type Filter = (values: readonly string[]) => Condition;
type FilterSet = Readonly<Record<string, Filter>>;

/** The filters of `DELETE /v2/messages`. */
export const messageFilters: FilterSet = {
  ...commonFilters,
  ...placeFilters,
  ...dateFilters("m.created_ms"),
  messageIds: anyOf("m.message_id"),
};
/** The filters of `/v2/events` and `/v2/logs`, over `e` (an event). */
export const eventFilters: FilterSet = {
  ...commonFilters,
  ...placeFilters,
  ...dateFilters("e.time_ms"),
  messageIds: anyOf("m.message_id"),
  state: (states) => anyOf("e.state")(states.flatMap(expandState)),
  groupBy: () => {
    throw refusal(501, "The local stand-in does not speak the parameter groupBy of the log.");
  },
};
/** The filters of `/v2/dlq`, over `d` (a dead letter). */
export const deadLetterFilters: FilterSet = {
  ...commonFilters,
  ...dateFilters("d.time_ms"),
  dlqIds: dlqIdFilter,
  responseStatus: (statuses) => anyOf("d.response_status::text")(statuses.map(checkStatus)),
};
/** Filters that name the rows themselves: beside them the others do not count. */
const idFilters = ["messageIds", "dlqIds"];

/** Parameters that choose the page and not the rows; `api` is a filter that the service has given up. */
const notFilters = new Set(["cursor", "count", "order", "qstash_token", "api"]);
/** Values that may hold a comma themselves; the others may be listed with commas. */
const wholeValues = new Set(["url", "path"]);

/**
 * Reads the filters of a request: OR between the values of one, AND between several.
 * @throws refusal 400 for a filter that is not known, as an ignored one would hit everything
 */
export function readFilters(query: URLSearchParams, filters: FilterSet): Condition[] {
  const names = [...new Set(query.keys())].filter((name) => !notFilters.has(name));
  const conditions = names.map((name) => {
    const filter = Object.hasOwn(filters, name) ? filters[name] : undefined;
    if (filter === undefined) throw refusal(400, `unknown filter "${name}"`);
    return { name, condition: filter(valuesOf(query, name)) };
  });
  const ids = conditions.filter(({ name }) => idFilters.includes(name));
  return (ids.length > 0 ? ids : conditions).map(({ condition }) => condition);
}

/** The values of a repeated parameter. @throws refusal 400 for one that nothing can be equal to */
export function valuesOf(query: URLSearchParams, name: string): string[] {
  const values = query.getAll(name);
  if (values.some((value) => value.includes("\0"))) throw refusal(400, `invalid ${name}: it has a NUL`);
  return wholeValues.has(name) ? values : values.flatMap((value) => value.split(","));
}

/** All conditions as one clause, with the values it binds; `first` is the number of the first of them. */
export function clauseOf(conditions: readonly Condition[], first = 1): { sql: string; values: unknown[] } {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${first + values.push(value) - 1}`;
  const parts = conditions.map((condition) => condition(bind));
  return { sql: parts.length === 0 ? "true" : parts.join(" AND "), values };
}

function anyOf(expression: string): Filter {
  return (values) => (bind) => `${expression} = ANY(${bind(values)}::text[])`;
}

/** The number behind the time of a dead letter's id is its row's; what is no such id is nobody's. */
export function dlqIdFilter(ids: readonly string[]): Condition {
  const rows = ids.flatMap((id) => /^\d{1,18}-(\d{1,18})$/.exec(id)?.[1] ?? []);
  return (bind) =>
    `d.seq = ANY(${bind(rows)}::bigint[]) AND d.time_ms::text || '-' || d.seq::text = ANY(${bind(ids)}::text[])`;
}

function labelFilter(values: readonly string[]): Condition {
  return (bind) => `m.spec->'labels' ?| ${bind(values)}::text[]`;
}

function dateFilters(column: string): FilterSet {
  const bound = (operator: string): Filter => {
    return ([text = ""]) => {
      if (!/^\d{1,18}$/.test(text))
        throw refusal(400, `invalid date "${text}": it must be in ms since the epoch`);
      return (bind) => `${column} ${operator} ${bind(text)}::bigint`;
    };
  };
  return { fromDate: bound(">="), toDate: bound("<=") };
}

function checkStatus(status: string): string {
  if (/^\d{1,3}$/.test(status)) return status;
  throw refusal(400, `invalid responseStatus "${status}": it must be a status code`);
}

function expandState(state: string): string[] {
  if (state === "IN_PROGRESS") return ["ACTIVE", "RETRY", "ERROR"];
  // The SDK and the API description spell it differently.
  const known = logStates.find((one) => one === (state === "CANCELLED" ? "CANCELED" : state));
  if (known === undefined) throw refusal(400, `unknown state "${state}"`);
  return [known];
}
