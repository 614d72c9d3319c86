import { and, asc, eq, gte, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../db/cursor.ts";
import { runs } from "../db/schema/runs.ts";
import { spans } from "../db/schema/spans.ts";
import { type SpanView, spanViewSchema } from "./span-view.ts";

const cursorKey = z.tuple([z.string().regex(/^\d{1,19}$/), z.string()]);
/** A span's time is its machine's; a run's is the one that recorded it. In ms. */
const clockSkewMs = 3_600_000;

/**
 * All spans of a file, over the traces of all its runs, by their start. They are found by trace id: a span
 * inside another (a call to a provider) names no file.
 * @throws WaybillError malformed_request for a cursor of another list
 */
export async function readTrace(
  { db }: Pick<DbContext, "db">,
  input: { fileId: string } & PageRequest,
): Promise<{ items: SpanView[]; nextCursor: string | null }> {
  const after = parseCursor(cursorKey, input.cursor);
  const traces = await db
    .select({ traceId: runs.traceId, createdAt: runs.createdAt })
    .from(runs)
    .where(eq(runs.fileId, input.fileId));
  if (traces.length === 0) return { items: [], nextCursor: null };
  const firstMs = Math.min(...traces.map((trace) => trace.createdAt.getTime()));
  const found = await db
    .select({
      traceId: spans.traceId,
      spanId: spans.spanId,
      parentSpanId: spans.parentSpanId,
      name: spans.name,
      kind: spans.kind,
      startNs: spans.startNs,
      endNs: spans.endNs,
      status: spans.status,
      statusMessage: spans.statusMessage,
      attributes: spans.attributes,
      events: spans.events,
      links: spans.links,
    })
    .from(spans)
    .where(
      and(
        inArray(
          spans.traceId,
          traces.map((trace) => trace.traceId),
        ),
        // Leaves out the days before the file was there.
        gte(spans.startedAt, new Date(firstMs - clockSkewMs)),
        after === null
          ? undefined
          : sql`(${spans.startNs}, ${spans.spanId}) > (${after[0]}::bigint, ${after[1]})`,
      ),
    )
    .orderBy(asc(spans.startNs), asc(spans.spanId))
    .limit(input.limit + 1);
  const { rows, last } = cutPage(found, input.limit);
  const views = rows.map((row) => ({
    ...row,
    startNs: row.startNs.toString(),
    endNs: row.endNs.toString(),
  }));
  return {
    items: z.array(spanViewSchema).parse(views),
    nextCursor: last && formatCursor([last.startNs.toString(), last.spanId]),
  };
}
