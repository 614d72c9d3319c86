import { queryOptions, experimental_streamedQuery as streamedQuery } from "@tanstack/react-query";
import { z } from "zod";
import { type FileView, listOf } from "../../../pipeline/files/file-view.ts";
import { type SlimSpan, slimSpanSchema } from "../../../telemetry/slim-span.ts";
import { spanViewSchema } from "../../../telemetry/span-view.ts";
import { getJson } from "../../api-client.ts";
import { isUnderWay } from "../../files/files.model.ts";

/** The spans of a file that have been read. */
export interface ReadTrace {
  readonly spans: readonly SlimSpan[];
  /** False while more are being read. */
  readonly complete: boolean;
}

const pageSchema = listOf(slimSpanSchema);
const spansPerPage = 10_000;
/** A trace is read again this often while the file is under way, and at rest: the last spans arrive late. */
const busyRefreshMs = 2_000;
const calmRefreshMs = 15_000;
/** Per span, so that a trace of eighty thousand is not read again at once. */
const refreshMsPerSpan = 1;

/**
 * All spans of a file, over all its runs. Each page is shown when it has arrived; when the trace is read again, it
 * is replaced as a whole, so that nothing is taken away meanwhile.
 */
export function traceQuery(file: FileView) {
  const busy = isUnderWay(file.status);
  return queryOptions<ReadTrace>({
    queryKey: ["file", file.id, "trace"],
    queryFn: streamedQuery({
      streamFn: ({ signal }) => readPages(pathOf(file.id, "trace"), signal),
      reducer: addPage,
      initialValue: nothingRead,
      refetchMode: "replace",
    }),
    refetchInterval: (query) =>
      (busy ? busyRefreshMs : calmRefreshMs) + (query.state.data?.spans.length ?? 0) * refreshMsPerSpan,
    structuralSharing: (old, read) => (isSameTrace(old, read) ? old : read),
  });
}

/** One whole span, with its attributes and events; `null` names none. */
export function spanQuery(fileId: string, spanId: string | null) {
  return queryOptions({
    queryKey: ["file", fileId, "span", spanId],
    queryFn: ({ signal }) => getJson(pathOf(fileId, `spans/${spanId}`), spanViewSchema, { signal }),
    enabled: spanId !== null,
    // What is recorded never changes; what is not yet there is asked for again.
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

const foundSchema = z.object({ spanIds: z.array(z.string()), capped: z.boolean() });

/** The spans whose name, attributes or error contain a word. */
export function traceSearchQuery(fileId: string, word: string) {
  return queryOptions({
    queryKey: ["file", fileId, "trace-search", word],
    queryFn: ({ signal }) =>
      getJson(pathOf(fileId, "trace/search"), foundSchema, { query: { q: word }, signal }),
    enabled: word.length >= 2,
    staleTime: 10_000,
  });
}

const nothingRead: ReadTrace = { spans: [], complete: false };

async function* readPages(path: string, signal: AbortSignal): AsyncGenerator<z.output<typeof pageSchema>> {
  let cursor: string | null = null;
  do {
    const page: z.output<typeof pageSchema> = await getJson(path, pageSchema, {
      query: { limit: spansPerPage, cursor },
      signal,
    });
    yield page;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

function addPage(read: ReadTrace, page: z.output<typeof pageSchema>): ReadTrace {
  // A new trace begins after one that was complete.
  const before = read.complete ? [] : read.spans;
  return { spans: before.concat(page.items), complete: page.nextCursor === null };
}

function isSameTrace(old: unknown, read: unknown): boolean {
  if (!isReadTrace(old) || !isReadTrace(read)) return false;
  if (old.complete !== read.complete || old.spans.length !== read.spans.length) return false;
  return old.spans.every((span, at) => {
    const other = read.spans[at];
    return span.spanId === other?.spanId && span.endNs === other.endNs && span.status === other.status;
  });
}

function isReadTrace(value: unknown): value is ReadTrace {
  return typeof value === "object" && value !== null && "spans" in value && "complete" in value;
}

function pathOf(fileId: string, part: string): string {
  return `/api/v1/files/${encodeURIComponent(fileId)}/${part}`;
}
