import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { type FileView, listOf } from "../../../pipeline/files/file-view.ts";
import { pageViewSchema } from "../../../pipeline/files/page-view.ts";
import { getJson } from "../../api-client.ts";
import { isUnderWay } from "../../files/files.model.ts";

const pageList = listOf(pageViewSchema);
const pagesAtOnce = 10;
const busyRefreshMs = 5_000;

/** The pages of a file from one of them on; keyed by the run, as a new run may read them anew. */
export function pagesQuery(file: FileView, from: number) {
  return infiniteQueryOptions({
    queryKey: ["file", file.id, "pages", file.runId, file.status, from],
    queryFn: ({ signal, pageParam }) =>
      getJson(`/api/v1/files/${encodeURIComponent(file.id)}/pages`, pageList, {
        query: { from, limit: pagesAtOnce, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: isUnderWay(file.status) ? busyRefreshMs : false,
  });
}

/** Where the picture of a page is; drawn when it is asked for. */
export function pictureUrl(fileId: string, page: number): string {
  return `/api/v1/files/${encodeURIComponent(fileId)}/pages/${page}/picture`;
}
