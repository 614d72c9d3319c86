import type { SpanTable } from "../spans/span-table.model.ts";

/** From the first beginning to the last end of the spans at these places. */
export function extentOf(table: SpanTable, places: readonly number[]): { startMs: number; endMs: number } {
  let startMs = Number.POSITIVE_INFINITY;
  let endMs = 0;
  for (const place of places) {
    startMs = Math.min(startMs, table.startMs[place] ?? 0);
    endMs = Math.max(endMs, table.endMs[place] ?? 0);
  }
  return { startMs, endMs };
}

/** How long a span took, in ms; 0 while it is open. */
export function closedMs(table: SpanTable, place: number): number {
  const end = table.endMs[place] ?? 0;
  return Number.isFinite(end) ? end - (table.startMs[place] ?? 0) : 0;
}

/** Orders places by when their spans begin. */
export function byStart(table: SpanTable): (a: number, b: number) => number {
  return (a, b) => (table.startMs[a] ?? 0) - (table.startMs[b] ?? 0);
}
