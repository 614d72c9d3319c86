import type { SpanTable } from "../spans/span-table.model.ts";
import type { RowDraft, TraceRows } from "./trace-row.ts";

/** Shards by when their work began, as all are sent at once; so that none changes its place when it ends. */
function byBeginning(a: RowDraft, b: RowDraft): number {
  return a.begunMs === b.begunMs ? 0 : a.begunMs - b.begunMs;
}

/** Puts rows into the order of the page: depth first, siblings by start, runs as they are given. */
export function orderRows(table: SpanTable, runs: readonly RowDraft[]): TraceRows {
  const rows: RowDraft[] = [];
  const rowOfSpan = new Int32Array(table.spans.length).fill(-1);
  const rowOfKey = new Map<string, number>();
  // By a stack of its own, as a trace may be nested deeper than calls may be.
  const stack = runs.toReversed();
  for (const [at, run] of runs.entries()) Object.assign(run, { place: at + 1, siblings: runs.length });
  for (let row = stack.pop(); row !== undefined; row = stack.pop()) {
    row.at = rows.length;
    rows.push(row);
    rowOfKey.set(row.key, row.at);
    // A fan-out draws all of its members' spans, but the members show them.
    if (row.span !== -1) rowOfSpan[row.span] = row.at;
    if (row.kind !== "fan-out") for (const place of row.segments) rowOfSpan[place] = row.at;
    row.children.sort(row.kind === "fan-out" ? byBeginning : (a, b) => a.startMs - b.startMs);
    for (let at = row.children.length - 1; at >= 0; at -= 1) {
      const child = row.children[at];
      if (child === undefined) continue;
      child.parentAt = row.at;
      child.depth = row.depth + 1;
      child.place = at + 1;
      child.siblings = row.children.length;
      child.inFanOut = row.inFanOut || row.kind === "fan-out";
      stack.push(child);
    }
  }
  for (const row of rows.toReversed()) {
    const parent = rows[row.parentAt];
    if (parent) parent.below += row.below + 1;
  }
  return { rows, rowOfSpan, rowOfKey };
}
