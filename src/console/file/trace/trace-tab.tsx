"use client";

import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { FileView, RunView } from "../../../pipeline/files/file-view.ts";
import { formatCount, formatCounted } from "../../format/count.ts";
import { formatDuration } from "../../format/duration.ts";
import { EmptyState } from "../../states/empty-state.tsx";
import { FailureState } from "../../states/failure-state.tsx";
import { SpanDetail } from "./span-detail.tsx";
import { traceQuery } from "./trace.query.ts";
import { TraceLegend } from "./trace-legend.tsx";
import classes from "./trace-tab.module.css";
import { layOut } from "./waterfall.model.ts";
import { WaterfallView } from "./waterfall-view.tsx";

/** The trace of one run on its time line, with the details of a chosen span beside it. */
export function TraceTab(props: {
  file: FileView;
  run: RunView;
  spanId: string | null;
  onSpan: (spanId: string | null) => void;
}) {
  const { traceId } = props.run;
  const trace = useQuery(traceQuery(props.file));
  const waterfall = useMemo(
    () => layOut((trace.data?.items ?? []).filter((span) => span.traceId === traceId)),
    [trace.data, traceId],
  );
  if (trace.data === undefined) {
    if (trace.error === null) return <Skeleton height={320} />;
    return (
      <FailureState
        title="The trace could not be read"
        error={trace.error}
        onRetry={() => void trace.refetch()}
      />
    );
  }
  if (waterfall.rows.length === 0) {
    return (
      <EmptyState title="No spans yet" text="A span appears when the work that it measures has ended." />
    );
  }
  const chosen = waterfall.rows.find((row) => row.span.spanId === props.spanId) ?? null;
  return (
    <>
      <div className={classes.above}>
        <p>
          {formatCounted(waterfall.rows.length, "span")} over {formatDuration(waterfall.totalMs)}
          {!trace.data.complete &&
            `; the first ${formatCount(trace.data.items.length)} of the file are shown`}
        </p>
        <TraceLegend rows={waterfall.rows} />
      </div>
      <div className={classes.split} data-open={chosen !== null}>
        <WaterfallView waterfall={waterfall} spanId={props.spanId} onSpan={props.onSpan} />
        {chosen && <SpanDetail row={chosen} onClose={() => props.onSpan(null)} />}
      </div>
    </>
  );
}
