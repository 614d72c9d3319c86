import { and, eq, inArray } from "drizzle-orm";
import type { DbContext } from "../db/context.ts";
import { runs } from "../db/schema/runs.ts";
import { spans } from "../db/schema/spans.ts";
import { WaybillError } from "../kernel/errors.ts";
import { type SpanView, spanViewSchema } from "./span-view.ts";
import { spanColumns, spansOfFile } from "./spans-of-file.ts";

/**
 * One whole span of a file, with its attributes, events and links.
 * @throws WaybillError file_not_found, span_not_found
 */
export async function readSpan(
  ctx: Pick<DbContext, "db">,
  input: { fileId: string; spanId: string },
): Promise<SpanView> {
  const ofFile = await spansOfFile(ctx, input.fileId);
  const traces = ctx.db.select({ traceId: runs.traceId }).from(runs).where(eq(runs.fileId, input.fileId));
  const [found] = await ctx.db
    .select(spanColumns)
    .from(spans)
    // By the traces, so that it is one row of the primary key and not a walk through the file's spans.
    .where(and(ofFile, inArray(spans.traceId, traces), eq(spans.spanId, input.spanId)))
    .limit(1);
  if (found === undefined) throw new WaybillError("span_not_found", { details: { ...input } });
  return spanViewSchema.parse(found);
}
