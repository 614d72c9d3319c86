import { useMemo } from "react";
import type { AttemptView, FileView, RunView } from "../../../../pipeline/files/file-view.ts";
import type { SlimSpan } from "../../../../telemetry/slim-span.ts";
import { useNow } from "../../../shell/now.tsx";
import type { TraceRows } from "../rows/trace-row.ts";
import { buildTraceRows, type TracedRun } from "../rows/trace-rows.model.ts";
import { openSpans, unrecordedAttempts } from "../spans/open-spans.model.ts";
import { type SpanTable, tabulate } from "../spans/span-table.model.ts";
import { idleTimes } from "../time/idle.model.ts";
import { makeTimeAxis, type TimeAxis } from "../time/time-axis.ts";

/** A file's trace, laid out. */
export interface TraceModel {
  readonly table: SpanTable;
  readonly tree: TraceRows;
  readonly axis: TimeAxis;
  /** The present moment while a run is under way, else the last end; in ms since the origin. */
  readonly nowMs: number;
  readonly live: boolean;
}

/** Lays the spans of a file out, with what it does at this moment. */
export function useTraceModel(file: FileView, spans: readonly SlimSpan[]): TraceModel {
  const now = useNow().getTime();
  const { runHistory } = file;
  const table = useMemo(() => {
    const beganMs = Math.min(...runHistory.map(({ createdAt }) => Date.parse(createdAt)));
    const recorded = new Set(spans.map(({ spanId }) => spanId));
    const ended = runHistory.flatMap((run) => unrecordedAttempts(run, recorded));
    return tabulate(spans.concat(ended), runHistory.flatMap(openSpans), beganMs);
  }, [spans, runHistory]);
  const tree = useMemo(
    () =>
      buildTraceRows(
        table,
        runHistory.map((run) => tracedRun(run, table.originMs)),
      ),
    [table, runHistory],
  );
  const idle = useMemo(() => idleTimes(table, tree.rows), [table, tree]);
  const live = runHistory.some((run) => run.finishedAt === null);
  const nowMs = live ? Math.max(table.lastMs, now - table.originMs) : table.lastMs;
  const axis = useMemo(() => makeTimeAxis(nowMs, idle), [nowMs, idle]);
  return useMemo(() => ({ table, tree, axis, nowMs, live }), [table, tree, axis, nowMs, live]);
}

function tracedRun(run: RunView, originMs: number): TracedRun {
  return {
    number: run.number,
    traceId: run.traceId,
    failed: run.status === "failed",
    underWay: run.finishedAt === null,
    ...(run.finishedAt !== null && { endMs: Date.parse(run.finishedAt) - originMs }),
    ...(run.round > 1 && { rounds: new Map(run.steps.flatMap(({ attempts }) => attempts.map(roundOf))) }),
  };
}

function roundOf({ spanId, round }: AttemptView): [spanId: string, round: number] {
  return [spanId, round];
}
