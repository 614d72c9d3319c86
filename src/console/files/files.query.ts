import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { fileSummarySchema, listOf } from "../../pipeline/files/file-view.ts";
import { getJson } from "../api-client.ts";
import { refreshDelayMs } from "./files.model.ts";
import type { FilesFilters } from "./files-filters.ts";

const fileList = listOf(fileSummarySchema);
const pageSize = 50;

/** One page of files, read again while the page is looked at. */
export function filesQuery(filters: FilesFilters) {
  return queryOptions({
    queryKey: ["files", filters],
    queryFn: ({ signal }) =>
      getJson("/api/v1/files", fileList, { query: { ...filters, limit: pageSize }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => refreshDelayMs(query.state.data?.items ?? []),
  });
}
