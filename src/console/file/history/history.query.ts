import { infiniteQueryOptions } from "@tanstack/react-query";
import type { FileView } from "../../../pipeline/files/file-view.ts";
import { listOf } from "../../../pipeline/files/file-view.ts";
import { auditEntryViewSchema } from "../../../triage/audit/audit-view.ts";
import { getJson } from "../../api-client.ts";

const page = listOf(auditEntryViewSchema);

/** What people did with a file, newest first, page by page; read again when the file was requeued. */
export function historyQuery(file: Pick<FileView, "id">) {
  return infiniteQueryOptions({
    queryKey: ["file", file.id, "history"],
    queryFn: ({ signal, pageParam }) =>
      getJson(`/api/v1/files/${encodeURIComponent(file.id)}/audit`, page, {
        query: { cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
}
