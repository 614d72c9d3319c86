import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { RunView } from "../../../pipeline/files/file-view.ts";
import { fileTimeSchema } from "../../../pipeline/time/time-view.ts";
import { getJson } from "../../api-client.ts";
import { isUnderWay } from "../../files/files.model.ts";

/** Where the time of a run went; read again while the run goes on. */
export function fileTimeQuery(fileId: string, run: RunView) {
  return queryOptions({
    queryKey: ["file", fileId, "time", run.number, run.status],
    queryFn: ({ signal }) =>
      getJson(`/api/v1/files/${encodeURIComponent(fileId)}/time`, fileTimeSchema, {
        query: { run: run.number },
        signal,
      }),
    refetchInterval: isUnderWay(run.status) ? 2_000 : false,
    placeholderData: keepPreviousData,
  });
}
