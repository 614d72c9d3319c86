import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { FileView } from "../../../pipeline/files/file-view.ts";
import { spanViewSchema } from "../../../telemetry/span-view.ts";
import { isUnderWay } from "../../files/files.model.ts";
import { readWholeList } from "../whole-list.ts";

/** All spans of a file, over all its runs. The last ones arrive just after the file has come to rest. */
export function traceQuery(file: FileView) {
  return queryOptions({
    queryKey: ["file", file.id, "trace", file.status],
    queryFn: ({ signal }) =>
      readWholeList(`/api/v1/files/${encodeURIComponent(file.id)}/trace`, spanViewSchema, {}, signal),
    refetchInterval: isUnderWay(file.status) ? 2_000 : 15_000,
    placeholderData: keepPreviousData,
  });
}
