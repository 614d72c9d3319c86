import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { chunkViewSchema, type FileView, listOf } from "../../../pipeline/files/file-view.ts";
import { getJson } from "../../api-client.ts";
import { isUnderWay } from "../../files/files.model.ts";

const chunkList = listOf(chunkViewSchema);
const pageSize = 50;
const busyRefreshMs = 5_000;

/** The chunks of a file in their order, page by page; keyed by the run, as a new run may cut anew. */
export function chunksQuery(file: FileView) {
  return infiniteQueryOptions({
    queryKey: ["file", file.id, "chunks", file.runId, file.status],
    queryFn: ({ signal, pageParam }) =>
      getJson(`/api/v1/files/${encodeURIComponent(file.id)}/chunks`, chunkList, {
        query: { limit: pageSize, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: isUnderWay(file.status) ? busyRefreshMs : false,
  });
}
