import { and, inArray } from "drizzle-orm";
import type { DbContext } from "../db/context.ts";
import { spans } from "../db/schema/spans.ts";
import type { SpanPlace } from "./carrier.ts";
import { clockSkewMs } from "./clock-skew.ts";
import type { SlimSpan } from "./slim-span.ts";

/**
 * Says on each span by how much its clock disagrees with those of its parent and of what sent its message.
 * Those that are not on the page itself are read by their ids: few, as a trace is read by its start.
 */
export async function withSkew(
  { db }: Pick<DbContext, "db">,
  page: readonly SlimSpan[],
): Promise<SlimSpan[]> {
  const startMs = new Map(page.map((span) => [span.spanId, toMs(span.startNs)]));
  const elsewhere = page.flatMap(followedFrom).filter(({ spanId }) => !startMs.has(spanId));
  if (elsewhere.length > 0) {
    const traceIds = [...new Set(elsewhere.map((place) => place.traceId))];
    const spanIds = [...new Set(elsewhere.map((place) => place.spanId))];
    const found = await db
      .select({ spanId: spans.spanId, startNs: spans.startNs })
      .from(spans)
      .where(and(inArray(spans.traceId, traceIds), inArray(spans.spanId, spanIds)));
    for (const { spanId, startNs } of found) startMs.set(spanId, toMs(startNs));
  }
  return page.map((span) => {
    const earlier = followedFrom(span).flatMap(({ spanId }) => startMs.get(spanId) ?? []);
    const skewMs = Math.max(span.skewMs ?? 0, clockSkewMs(toMs(span.startNs), earlier));
    return skewMs === 0 ? span : { ...span, skewMs };
  });
}

/** The spans that must have begun before: the parent, and in a link what sent the message. */
function followedFrom({ traceId, parentSpanId, links }: SlimSpan): readonly SpanPlace[] {
  return parentSpanId === null ? links : [{ traceId, spanId: parentSpanId }, ...links];
}

function toMs(ns: string | bigint): number {
  return Number(ns) / 1e6;
}
