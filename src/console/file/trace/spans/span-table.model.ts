import type { SlimSpan } from "../../../../telemetry/slim-span.ts";
import { type Look, lookOf } from "./span-look.ts";

/** The spans of a trace as columns: what is read for every span on every change stands in typed arrays. */
export interface SpanTable {
  readonly spans: readonly SlimSpan[];
  /** In ms since `originMs`, with fractions. */
  readonly startMs: Float64Array;
  /** In ms since `originMs`; infinite while the span is open. */
  readonly endMs: Float64Array;
  readonly looks: readonly Look[];
  /** The place of a span by its id. */
  readonly placeOf: ReadonlyMap<string, number>;
  /** The beginning of the time line, in ms since the epoch. */
  readonly originMs: number;
  /** When the last of the spans that are closed ended, in ms since `originMs`. */
  readonly lastMs: number;
}

/**
 * Puts spans into columns. A span that is among the closed and among the open ones counts as closed, and one
 * that was read twice counts once.
 * @param notAfterMs the origin is this, in ms since the epoch, unless a span is earlier
 */
export function tabulate(
  closed: readonly SlimSpan[],
  open: readonly SlimSpan[] = [],
  notAfterMs = Number.POSITIVE_INFINITY,
): SpanTable {
  const placeOf = new Map<string, number>();
  const spans: SlimSpan[] = [];
  let originMs = notAfterMs;
  for (const span of [...closed, ...open]) {
    if (placeOf.has(span.spanId)) continue;
    placeOf.set(span.spanId, spans.length);
    spans.push(span);
    const wholeMs = Number(span.startNs.slice(0, -6));
    if (wholeMs < originMs) originMs = wholeMs;
  }
  if (!Number.isFinite(originMs)) originMs = 0;
  const openIds = new Set(open.map(({ spanId }) => spanId));
  for (const { spanId } of closed) openIds.delete(spanId);
  return { spans, placeOf, originMs, ...columnsOf(spans, openIds, originMs) };
}

function columnsOf(spans: readonly SlimSpan[], openIds: ReadonlySet<string>, originMs: number) {
  const startMs = new Float64Array(spans.length);
  const endMs = new Float64Array(spans.length);
  let lastMs = 0;
  for (const [at, span] of spans.entries()) {
    const start = sinceMs(span.startNs, originMs);
    const open = openIds.has(span.spanId);
    const end = open ? Number.POSITIVE_INFINITY : Math.max(start, sinceMs(span.endNs, originMs));
    startMs[at] = start;
    endMs[at] = end;
    lastMs = Math.max(lastMs, open ? start : end);
  }
  return { startMs, endMs, lastMs, looks: spans.map(lookOf) };
}

/** Nanoseconds as text become ms in two parts, since the whole is beyond what a number holds exactly. */
function sinceMs(ns: string, originMs: number): number {
  return Number(ns.slice(0, -6)) - originMs + Number(ns.slice(-6)) / 1e6;
}
