import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { FindingClass } from "../../db/reconciliation-states.ts";
import { listOf } from "../../pipeline/files/file-view.ts";
import {
  deadLetterViewSchema,
  findingViewSchema,
  reconciliationViewSchema,
} from "../../triage/reconciliation/reconciliation-view.ts";
import { getJson } from "../api-client.ts";

const pageSize = 25;
/** How often what is under way is read again, and what has ended, in ms. */
const underWayMs = 1_000;
const endedMs = 30_000;

/** The newest reconciliations. */
export const reconciliationsQuery = queryOptions({
  queryKey: ["reconciliation", "runs"],
  queryFn: ({ signal }) =>
    getJson("/api/v1/reconciliations", listOf(reconciliationViewSchema), { query: { limit: 20 }, signal }),
  refetchInterval: ({ state }) => (state.data?.items[0]?.finishedAt === null ? underWayMs : endedMs),
});

/** One reconciliation, which may be older than the newest. */
export function reconciliationQuery(id: string) {
  return queryOptions({
    queryKey: ["reconciliation", "run", id],
    queryFn: ({ signal }) =>
      getJson(`/api/v1/reconciliations/${encodeURIComponent(id)}`, reconciliationViewSchema, { signal }),
  });
}

/** A page of findings; those of a reconciliation under way are read again with it. */
export function findingsQuery(input: {
  id: string;
  class: FindingClass | null;
  cursor: string | null;
  underWay: boolean;
}) {
  const { id, cursor, underWay } = input;
  return queryOptions({
    queryKey: ["reconciliation", "findings", id, input.class, cursor],
    queryFn: ({ signal }) =>
      getJson(`/api/v1/reconciliations/${encodeURIComponent(id)}/findings`, listOf(findingViewSchema), {
        query: { class: input.class, cursor, limit: pageSize },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: underWay ? underWayMs : endedMs,
  });
}

/** A page of QStash's dead letters. */
export function deadLettersQuery(cursor: string | null) {
  return queryOptions({
    queryKey: ["reconciliation", "dead-letters", cursor],
    queryFn: ({ signal }) =>
      getJson("/api/v1/dead-letters", listOf(deadLetterViewSchema), {
        query: { cursor, limit: pageSize },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: endedMs,
  });
}
