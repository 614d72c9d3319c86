import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { listOf } from "../../pipeline/files/file-view.ts";
import { stuckStepSchema } from "../../triage/stuck/stuck-view.ts";
import { getJson } from "../api-client.ts";
import type { StuckFilters } from "./stuck-filters.ts";

const refreshMs = 5_000;
const stepList = listOf(stuckStepSchema);

/** One page of stuck steps, read again while it is looked at. */
export function stuckQuery(filters: StuckFilters) {
  return queryOptions({
    queryKey: ["stuck", filters],
    queryFn: ({ signal }) => getJson("/api/v1/stuck", stepList, { query: { ...filters, limit: 50 }, signal }),
    placeholderData: keepPreviousData,
    // What could not be read once is read again when asked to: an error must not come and go by itself.
    refetchInterval: ({ state }) => (state.data === undefined ? false : refreshMs),
  });
}
