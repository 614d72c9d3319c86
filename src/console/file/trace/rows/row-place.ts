import type { SpanTable } from "../spans/span-table.model.ts";
import type { TraceRow, TraceRows } from "./trace-row.ts";

/** What the address names: a row, and the span of it whose details are shown (-1 for none). */
export interface Named {
  readonly at: number;
  readonly place: number;
}

/**
 * Finds a span's id, a row's key or a run's step ("2.embed", also where a single shard stands for it); null while it
 * is not among the rows.
 */
export function findNamed(table: SpanTable, tree: TraceRows, key: string | null): Named | null {
  if (key === null) return null;
  const place = table.placeOf.get(key);
  if (place !== undefined) return { at: tree.rowOfSpan[place] ?? 0, place };
  const at = tree.rowOfKey.get(key) ?? onlyShardAt(tree, key);
  if (at === undefined) return null;
  const row = tree.rows[at];
  return { at, place: row?.kind === "span" ? row.span : -1 };
}

function onlyShardAt({ rows }: TraceRows, key: string): number | undefined {
  if (!/^\d+\.[a-z]+$/.test(key)) return undefined;
  return rows.find((row) => row.key.startsWith(`${key}.`))?.at;
}

/** The name that a row goes by in the address: the id of its span where it shows one. */
export function nameOf(table: SpanTable, row: TraceRow): string {
  return (row.kind === "span" ? table.spans[row.span]?.spanId : undefined) ?? row.key;
}

/** Where a row is among those that are seen, which are in order; -1 when it is folded away. */
export function seenPlace(seen: Int32Array, at: number): number {
  let low = 0;
  let high = seen.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const row = seen[middle] ?? 0;
    if (row === at) return middle;
    if (row < at) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
