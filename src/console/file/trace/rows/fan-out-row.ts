import type { SpanTable } from "../spans/span-table.model.ts";
import { byStart } from "./extent.ts";
import { draftRow, type RowDraft } from "./trace-row.ts";

/** Folds rows that do the same at one place into one that says how many, which was slowest and what failed. */
export function fanOutRow(
  table: SpanTable,
  own: { key: string; name: string },
  members: RowDraft[],
): RowDraft {
  const [first] = members;
  const row = draftRow({ ...own, kind: "fan-out", note: `×${members.length}`, children: members });
  if (first === undefined) return row;
  row.startMs = Number.POSITIVE_INFINITY;
  const failed: RowDraft[] = [];
  let slowest = first;
  let underWay = 0;
  let retried = 0;
  for (const member of members) {
    row.startMs = Math.min(row.startMs, member.startMs);
    row.endMs = Math.max(row.endMs, member.endMs);
    row.workMs += member.workMs;
    row.attempts += member.attempts;
    if (member.workMs > slowest.workMs) slowest = member;
    if (member.failed) failed.push(member);
    if (member.endMs === Number.POSITIVE_INFINITY) underWay += 1;
    if (member.attempts > 1) retried += 1;
  }
  row.segments = members.flatMap(({ segments }) => segments).sort(byStart(table));
  row.failed = failed.length > 0;
  row.fanOut = { count: members.length, failed, underWay, retried, slowest };
  return row;
}
