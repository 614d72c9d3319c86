import type { SpanTable } from "../spans/span-table.model.ts";
import type { TraceRows } from "./trace-row.ts";

/**
 * The rows that a word is found in, in order: in a span's name, step, error, reason of waiting or ids; or among
 * the spans that the server found by their attributes.
 */
export function findHits(
  table: SpanTable,
  { rowOfSpan }: TraceRows,
  word: string,
  foundByServer: readonly string[],
): Int32Array {
  const needle = word.trim().toLowerCase();
  if (needle === "") return new Int32Array(0);
  const hits = new Set<number>();
  for (const [place, span] of table.spans.entries()) {
    if (textOf(span).includes(needle)) hits.add(rowOfSpan[place] ?? -1);
  }
  for (const spanId of foundByServer) {
    const place = table.placeOf.get(spanId);
    if (place !== undefined) hits.add(rowOfSpan[place] ?? -1);
  }
  hits.delete(-1);
  return Int32Array.from(hits).sort();
}

/** The hit after (or before) a row, round the ends; null without hits. */
export function nextHit(hits: Int32Array, from: number, by: 1 | -1): number | null {
  if (hits.length === 0) return null;
  const after = firstAtOrAfter(hits, by === 1 ? from + 1 : from);
  const at = by === 1 ? after % hits.length : (after - 1 + hits.length) % hits.length;
  return hits[at] ?? null;
}

/** How many hits lie in the rows from one place to before another. */
export function hitsBetween(hits: Int32Array, from: number, before: number): number {
  return firstAtOrAfter(hits, before) - firstAtOrAfter(hits, from);
}

/** Whether a row is a hit. */
export function isHit(hits: Int32Array, at: number): boolean {
  return hits[firstAtOrAfter(hits, at)] === at;
}

function firstAtOrAfter(hits: Int32Array, row: number): number {
  let low = 0;
  let high = hits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hits[middle] ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

function textOf(span: SpanTable["spans"][number]): string {
  const { name, step, errorCode, statusMessage, waitReason, spanId } = span;
  return `${name}\n${step}\n${errorCode}\n${statusMessage}\n${waitReason}\n${spanId}`.toLowerCase();
}
