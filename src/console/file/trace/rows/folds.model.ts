import type { TraceRow } from "./trace-row.ts";

/** Which rows are open, as what differs from the rule. */
export interface Folds {
  /** Every row is open that is not toggled. */
  readonly everything: boolean;
  readonly toggled: ReadonlySet<string>;
}

/** By the rule alone: a fan-out and its members are folded, all else is open. */
export const byRule: Folds = { everything: false, toggled: new Set() };

/** Addresses have an end; the oldest toggles give way. */
const mostKept = 120;

/** Whether what is below the row is shown. */
export function isOpen(row: TraceRow, folds: Folds): boolean {
  const usually = folds.everything || (row.kind !== "fan-out" && !row.inFanOut);
  return usually !== folds.toggled.has(row.key);
}

/** The folds after a row was opened or folded. */
export function setOpen(folds: Folds, row: TraceRow, open: boolean): Folds {
  if (row.below === 0 || isOpen(row, folds) === open) return folds;
  const toggled = new Set(folds.toggled);
  if (!toggled.delete(row.key)) toggled.add(row.key);
  return { ...folds, toggled };
}

/** The folds with everything above a row open, so that it is seen. */
export function openAbove(folds: Folds, rows: readonly TraceRow[], at: number): Folds {
  let opened = folds;
  for (let row = rows[rows[at]?.parentAt ?? -1]; row !== undefined; row = rows[row.parentAt])
    opened = setOpen(opened, row, true);
  return opened;
}

/** The places of the rows that are seen. */
export function seenRows(rows: readonly TraceRow[], folds: Folds): Int32Array {
  const seen = new Int32Array(rows.length);
  let count = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at];
    if (row === undefined) break;
    seen[count] = at;
    count += 1;
    if (row.below > 0 && !isOpen(row, folds)) at += row.below;
  }
  return seen.subarray(0, count);
}

/** The folds as the words of an address; empty when the rule alone holds. */
export function foldsToWords({ everything, toggled }: Folds): string[] {
  return [...(everything ? ["*"] : []), ...[...toggled].slice(-mostKept)];
}

/** The folds that an address names. */
export function foldsOfWords(words: readonly string[]): Folds {
  const toggled = new Set(words);
  const everything = toggled.delete("*");
  return { everything, toggled };
}
