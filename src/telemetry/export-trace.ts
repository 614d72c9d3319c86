import { JsonTraceSerializer } from "@opentelemetry/otlp-transformer";
import { and, asc, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../db/context.ts";
import { spans } from "../db/schema/spans.ts";
import { toReadableSpan } from "./readable-span.ts";
import { type SpanView, spanViewSchema } from "./span-view.ts";
import { spanColumns, spansOfFile } from "./spans-of-file.ts";

/** How many spans are read and held at once. */
const pageSize = 1_000;

const requestSchema = z.object({ resourceSpans: z.array(z.unknown()) });

/**
 * The whole trace of a file, over all its runs, as one OTLP/JSON document in pieces: each page of spans is a
 * `resourceSpans` entry of it.
 * @param show a span as whoever asks may see it
 * @throws WaybillError file_not_found, before the first piece
 */
export async function exportTrace(
  ctx: Pick<DbContext, "db">,
  fileId: string,
  show: (span: SpanView) => SpanView,
): Promise<AsyncGenerator<string>> {
  return write(ctx, await spansOfFile(ctx, fileId), show);
}

async function* write(
  ctx: Pick<DbContext, "db">,
  ofFile: SQL | undefined,
  show: (span: SpanView) => SpanView,
): AsyncGenerator<string> {
  yield '{"resourceSpans":[';
  let last: SpanView | undefined;
  let pages = 0;
  do {
    const page = await readPage(ctx, ofFile, last);
    if (page.length > 0) yield `${pages === 0 ? "" : ","}${serialize(page.map(show))}`;
    pages += 1;
    last = page.length < pageSize ? undefined : page.at(-1);
  } while (last !== undefined);
  yield "]}";
}

async function readPage(
  { db }: Pick<DbContext, "db">,
  ofFile: SQL | undefined,
  after: SpanView | undefined,
): Promise<SpanView[]> {
  const rows = await db
    .select(spanColumns)
    .from(spans)
    .where(
      and(
        ofFile,
        after && sql`(${spans.startNs}, ${spans.spanId}) > (${after.startNs}::bigint, ${after.spanId}::text)`,
      ),
    )
    .orderBy(asc(spans.startNs), asc(spans.spanId))
    .limit(pageSize);
  return z.array(spanViewSchema).parse(rows);
}

/** The page's entries, without the document around them. */
function serialize(page: readonly SpanView[]): string {
  const request = JsonTraceSerializer.serializeRequest(page.map(toReadableSpan));
  const { resourceSpans } = requestSchema.parse(JSON.parse(new TextDecoder().decode(request)));
  return resourceSpans.map((entry) => JSON.stringify(entry)).join(",");
}
