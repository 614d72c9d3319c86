import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { systemClock } from "../../kernel/clock.ts";
import { listOf } from "../../pipeline/files/file-view.ts";
import {
  failedFileSchema,
  failureSummarySchema,
  failureViewSchema,
} from "../../triage/failures/failure-view.ts";
import { getJson } from "../api-client.ts";
import { type FailuresFilters, sinceOf } from "./list/failures-filters.ts";

const refreshMs = 5_000;
const groupList = listOf(failureSummarySchema);
const fileList = listOf(failedFileSchema);

/** One page of failure groups, read again while it is looked at. */
export function failuresQuery(filters: FailuresFilters) {
  return queryOptions({
    queryKey: ["failures", "list", filters],
    queryFn: ({ signal }) => {
      const { since, ...rest } = filters;
      const query = { ...rest, since: sinceOf(since, systemClock.now()), limit: 50 };
      return getJson("/api/v1/failures", groupList, { query, signal });
    },
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  });
}

/** One failure group. */
export function failureQuery(id: string) {
  return queryOptions({
    queryKey: ["failures", "group", id],
    queryFn: ({ signal }) =>
      getJson(`/api/v1/failures/${encodeURIComponent(id)}`, failureViewSchema, { signal }),
    refetchInterval: refreshMs,
  });
}

/** One page of the files that stand failed by a group, or of all to which it has happened. */
export function groupFilesQuery(id: string, asked: { standing: boolean; cursor: string | null }) {
  return queryOptions({
    queryKey: ["failures", "files", id, asked],
    queryFn: ({ signal }) =>
      getJson(`/api/v1/failures/${encodeURIComponent(id)}/files`, fileList, {
        query: { cursor: asked.cursor, standing: asked.standing ? "true" : null, limit: 50 },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  });
}
