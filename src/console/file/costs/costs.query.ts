import { queryOptions } from "@tanstack/react-query";
import { ledgerEntryViewSchema } from "../../../costs/ledger/ledger-view.ts";
import type { FileView } from "../../../pipeline/files/file-view.ts";
import { isUnderWay } from "../../files/files.model.ts";
import { readWholeList } from "../whole-list.ts";

/** All ledger entries of a file; read again when the file has changed. */
export function costsQuery(file: FileView) {
  return queryOptions({
    queryKey: ["file", file.id, "costs"],
    queryFn: ({ signal }) =>
      readWholeList(
        `/api/v1/files/${encodeURIComponent(file.id)}/costs`,
        ledgerEntryViewSchema,
        { limit: 1_000 },
        signal,
      ),
    refetchInterval: isUnderWay(file.status) ? 2_000 : false,
  });
}
