import { formatCount } from "../../../format/count.ts";
import { formatDuration } from "../../../format/duration.ts";
import type { SpanTable } from "../spans/span-table.model.ts";
import type { FanOut, TraceRow } from "./trace-row.ts";

/**
 * How long a row took, as words; to the present moment while it goes on. A row that shows a span took what the span
 * took, without the waits before it; unless it waits again.
 */
export function durationWords(row: TraceRow, table: SpanTable, nowMs: number): string {
  const shown = row.kind === "span" && !waitsAgain(row, table);
  const own = shown ? table.startMs[row.span] : undefined;
  const endMs = own === undefined ? row.endMs : (table.endMs[row.span] ?? row.endMs);
  return formatDuration(Math.min(endMs, Math.max(nowMs, 0)) - (own ?? row.startMs));
}

/** How much of a row was work, where that is not all of it: "162 ms of it work". */
export function workWords(row: TraceRow, table: SpanTable): string {
  const mixed = row.kind === "step" ? row.attempts > 0 : waitsAgain(row, table);
  return mixed && row.workMs > 0 ? `${formatDuration(row.workMs)} of it work` : "";
}

/** Whether the only attempt of a step is over, and the step waits for another. */
function waitsAgain(row: TraceRow, table: SpanTable): boolean {
  return row.attempts === 1 && row.segments.length > 1 && row.endMs > (table.endMs[row.span] ?? row.endMs);
}

/** What a folded fan-out says behind its bar: "slowest 1.2 s, 2 failed". */
export function fanOutWords({ slowest, failed, underWay, retried }: FanOut): string {
  const parts = slowest.workMs > 0 ? [`slowest ${formatDuration(slowest.workMs)}`] : [];
  if (failed.length > 0) parts.push(`${formatCount(failed.length)} failed`);
  if (underWay > 0) parts.push(`${formatCount(underWay)} under way`);
  if (retried > 0) parts.push(`${formatCount(retried)} tried again`);
  return parts.join(", ");
}

/** What is read aloud of a row behind its name. */
export function spokenWords(row: TraceRow, table: SpanTable, nowMs: number): string {
  const parts = [`took ${durationWords(row, table, nowMs)}`];
  if (row.fanOut) parts.push(fanOutWords(row.fanOut));
  else if (row.failed) parts.push("failed");
  if (row.fanOut === null && row.endMs === Number.POSITIVE_INFINITY) parts.push("under way");
  return parts.filter(Boolean).join(", ");
}
