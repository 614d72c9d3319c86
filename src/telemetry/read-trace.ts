import { and, asc, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../db/cursor.ts";
import { spans } from "../db/schema/spans.ts";
import { attr } from "./names.ts";
import { type SlimSpan, slimSpanSchema } from "./slim-span.ts";
import { withSkew } from "./span-skew.ts";
import { spansOfFile } from "./spans-of-file.ts";

const cursorKey = z.tuple([z.string().regex(/^\d{1,19}$/), z.string()]);

const attribute = (key: string) => sql<string | null>`${spans.attributes} ->> ${key}::text`;
const whole = (key: string) => sql<number | null>`(${spans.attributes} ->> ${key}::text)::int`;

const slimColumns = {
  traceId: spans.traceId,
  spanId: spans.spanId,
  parentSpanId: spans.parentSpanId,
  name: spans.name,
  kind: spans.kind,
  startNs: sql<string>`${spans.startNs}::text`,
  endNs: sql<string>`${spans.endNs}::text`,
  status: spans.status,
  statusMessage: spans.statusMessage,
  runId: spans.runId,
  step: attribute(attr.step),
  shard: whole(attr.shard),
  attempt: whole(attr.attempt),
  waitReason: attribute(attr.waitReason),
  errorCode: attribute(attr.errorCode),
  links: spans.links,
  skewMs: whole(attr.clockSkew),
};

/**
 * The spans of a file, over the traces of all its runs, by their start; without attributes and events.
 * @throws WaybillError file_not_found, malformed_request for a cursor of another list
 */
export async function readTrace(
  ctx: Pick<DbContext, "db">,
  input: { fileId: string } & PageRequest,
): Promise<{ items: SlimSpan[]; nextCursor: string | null }> {
  const after = parseCursor(cursorKey, input.cursor);
  const ofFile = await spansOfFile(ctx, input.fileId);
  const found = await ctx.db
    .select(slimColumns)
    .from(spans)
    .where(
      and(
        ofFile,
        after === null
          ? undefined
          : sql`(${spans.startNs}, ${spans.spanId}) > (${after[0]}::bigint, ${after[1]}::text)`,
      ),
    )
    .orderBy(asc(spans.startNs), asc(spans.spanId))
    .limit(input.limit + 1);
  const { rows, last } = cutPage(found, input.limit);
  const items = rows.map(({ skewMs, ...row }) => ({ ...row, ...(skewMs !== null && { skewMs }) }));
  return {
    items: await withSkew(ctx, z.array(slimSpanSchema).parse(items)),
    nextCursor: last && formatCursor([last.startNs, last.spanId]),
  };
}
