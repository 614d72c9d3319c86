import type { TraceRow } from "../rows/trace-row.ts";
import type { SpanTable } from "../spans/span-table.model.ts";
import { idleBetween, type Stretch } from "./time-axis.ts";

/**
 * When the file was at rest: between its runs, and while a run that had ended waited to be requeued. Time inside a
 * run of which nothing is known is no rest: it stays on the line, to be seen.
 */
export function idleTimes(table: SpanTable, rows: readonly TraceRow[]): Stretch[] {
  const busy: Stretch[] = [];
  const resting: Stretch[] = [];
  for (const [place, look] of table.looks.entries()) {
    const stretch = { startMs: table.startMs[place] ?? 0, endMs: table.endMs[place] ?? 0 };
    if (look === "requeue") resting.push(stretch);
    else if (look !== "run") busy.push(stretch);
  }
  const runs = rows.filter(({ kind }) => kind === "run");
  return idleBetween(busy.sort((a, b) => a.startMs - b.startMs)).filter(
    (gap) => !runs.some((run) => overlaps(run, gap)) || resting.some((rest) => covers(rest, gap)),
  );
}

function overlaps(run: Stretch, gap: Stretch): boolean {
  return run.startMs < gap.endMs && run.endMs > gap.startMs;
}

/** Most of the gap: the requeue itself takes a moment. */
function covers(rest: Stretch, gap: Stretch): boolean {
  const common = Math.min(rest.endMs, gap.endMs) - Math.max(rest.startMs, gap.startMs);
  return common >= (gap.endMs - gap.startMs) * 0.9;
}
