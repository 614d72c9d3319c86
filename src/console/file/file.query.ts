import { queryOptions } from "@tanstack/react-query";
import { fileViewSchema } from "../../pipeline/files/file-view.ts";
import { getJson } from "../api-client.ts";
import { isUnderWay } from "../files/files.model.ts";

const busyRefreshMs = 1_000;
const calmRefreshMs = 10_000;

/** A file with its runs, steps and attempts; read each second while the server works on it. */
export function fileQuery(fileId: string) {
  return queryOptions({
    queryKey: ["file", fileId],
    queryFn: ({ signal }) =>
      getJson(`/api/v1/files/${encodeURIComponent(fileId)}`, fileViewSchema, { signal }),
    refetchInterval: (query) =>
      query.state.data && isUnderWay(query.state.data.status) ? busyRefreshMs : calmRefreshMs,
  });
}
