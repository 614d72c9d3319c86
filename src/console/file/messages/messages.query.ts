import { infiniteQueryOptions } from "@tanstack/react-query";
import { type FileView, listOf } from "../../../pipeline/files/file-view.ts";
import { messageViewSchema } from "../../../pipeline/files/message-view.ts";
import { getJson } from "../../api-client.ts";

const messageList = listOf(messageViewSchema);
const messagesAtOnce = 100;
/** The log is copied once a minute: asking more often shows nothing new. */
const refreshMs = 15_000;

/** The messages of a file over all its runs, newest first. */
export function messagesQuery(file: Pick<FileView, "id">) {
  return infiniteQueryOptions({
    queryKey: ["file", file.id, "messages"],
    queryFn: ({ signal, pageParam }) =>
      getJson(`/api/v1/files/${encodeURIComponent(file.id)}/messages`, messageList, {
        query: { limit: messagesAtOnce, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: refreshMs,
  });
}
