import { isWait } from "../spans/span-look.ts";
import type { SpanTable } from "../spans/span-table.model.ts";
import { type TimeAxis, toLine } from "./time-axis.ts";

/** How much goes on in each column of the minimap. */
export interface Density {
  readonly work: Float64Array;
  readonly waits: Float64Array;
  /** 1 where something failed. */
  readonly failed: Uint8Array;
  readonly mostWork: number;
  readonly mostWaits: number;
}

/** Counts what is at work and what waits, over the whole time line. */
export function densityOf(table: SpanTable, axis: TimeAxis, nowMs: number, columns: number): Density {
  const work = new Float64Array(columns + 1);
  const waits = new Float64Array(columns + 1);
  const failed = new Uint8Array(columns);
  const columnOf = (ms: number) =>
    Math.min(
      columns - 1,
      Math.max(0, Math.floor((toLine(axis, Math.min(ms, nowMs)) / axis.length) * columns)),
    );
  for (let place = 0; place < table.spans.length; place += 1) {
    const look = table.looks[place] ?? "other";
    if (look === "run" || look === "message" || look === "requeue") continue;
    const first = columnOf(table.startMs[place] ?? 0);
    const last = columnOf(table.endMs[place] ?? 0);
    const counts = isWait(look) ? waits : work;
    counts[first] = (counts[first] ?? 0) + 1;
    counts[last + 1] = (counts[last + 1] ?? 0) - 1;
    if (table.spans[place]?.status === "error") failed[last] = 1;
  }
  return {
    work: addUp(work),
    waits: addUp(waits),
    failed,
    mostWork: work.subarray(0, columns).reduce((most, count) => Math.max(most, count), 0),
    mostWaits: waits.subarray(0, columns).reduce((most, count) => Math.max(most, count), 0),
  };
}

/** Turns rises and falls into counts, in place. */
function addUp(changes: Float64Array): Float64Array {
  for (let at = 1; at < changes.length; at += 1) changes[at] = (changes[at] ?? 0) + (changes[at - 1] ?? 0);
  return changes;
}
