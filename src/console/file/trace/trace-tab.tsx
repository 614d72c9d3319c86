"use client";

import { Skeleton } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import type { FileView, RunView } from "../../../pipeline/files/file-view.ts";
import { isUnderWay } from "../../files/files.model.ts";
import { useLiveQuery } from "../../page/live.tsx";
import { EmptyState } from "../../states/empty-state.tsx";
import { FailureState } from "../../states/failure-state.tsx";
import { StaleNotice } from "../../states/stale-notice.tsx";
import { SpanDetail } from "./detail/span-detail.tsx";
import { nextHit } from "./rows/find-hits.model.ts";
import { type ReadTrace, traceQuery } from "./trace.query.ts";
import { FindBox } from "./view/find-box.tsx";
import { TraceLegend } from "./view/trace-legend.tsx";
import { TraceToolbar } from "./view/trace-toolbar.tsx";
import { useFind } from "./view/use-find.ts";
import { useRunTimes } from "./view/use-run-times.ts";
import { useTraceKeys } from "./view/use-trace-keys.ts";
import { useTraceModel } from "./view/use-trace-model.ts";
import { useWaterfall } from "./view/use-waterfall.ts";
import { Waterfall } from "./view/waterfall.tsx";

/** What the tab is given by the page. */
interface TraceTabProps {
  file: FileView;
  /** The run that the page shows. */
  run: RunView;
  /** The span, or the row, whose details are open. */
  spanId: string | null;
  onSpan: (spanId: string | null) => void;
}

/** The traces of all runs of a file on one time line, with the details of what is chosen beside it. */
export function TraceTab(props: TraceTabProps) {
  const trace = useLiveQuery(traceQuery(props.file));
  const retry = () => void trace.refetch();
  // The last spans are recorded when the file comes to rest: they should not be waited for.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the status is what asks for it
  useEffect(retry, [props.file.status]);
  if (trace.data === undefined) {
    if (trace.error === null) return <Skeleton height={420} />;
    return <FailureState title="The trace could not be read" error={trace.error} onRetry={retry} />;
  }
  return (
    <>
      {trace.error !== null && (
        <StaleNotice error={trace.error} readAtMs={trace.dataUpdatedAt} onRetry={retry} />
      )}
      <LoadedTrace {...props} trace={trace.data} />
    </>
  );
}

/**
 * While pages arrive, the trace as it was when it last had doubled: laying out every page anew would cost the most
 * where it helps the least.
 */
function useDoubled(trace: ReadTrace): ReadTrace {
  const [shown, setShown] = useState(trace);
  if (shown !== trace && (trace.complete || trace.spans.length >= shown.spans.length * 2)) setShown(trace);
  return shown;
}

function LoadedTrace(props: TraceTabProps & { trace: ReadTrace }) {
  const { file } = props;
  const trace = useDoubled(props.trace);
  const model = useTraceModel(file, trace.spans);
  const state = useWaterfall(model, props.spanId, props.onSpan);
  const runTimes = useRunTimes(file, model.table);
  const found = useFind(file.id, model, state.find);
  const present = useMemo(() => new Set(model.table.looks), [model.table]);
  const stretches = [...runTimes.stretches.values()].flat();
  const unexplained = stretches.some(({ band }) => band === "unexplained");
  const step = (by: 1 | -1) => {
    const at = nextHit(found.hits, state.cursorAt, by);
    if (at !== null) state.reveal(at);
  };
  useTraceKeys(state, step);
  if (model.table.spans.length === 0) {
    return isUnderWay(file.status) ? (
      <EmptyState title="No spans yet" text="A span appears when the work that it measures has begun." />
    ) : (
      <EmptyState
        title="No spans any more"
        text="Spans are kept for a limited time. Attempts, costs and where the time went stay."
      />
    );
  }
  return (
    <>
      <TraceToolbar model={model} state={state} complete={trace.complete}>
        <FindBox
          word={state.find}
          onWord={state.setFind}
          hits={found.hits}
          cursorAt={state.cursorAt}
          capped={found.capped}
          searching={found.searching}
          onStep={step}
        />
      </TraceToolbar>
      <Waterfall
        fileId={file.id}
        model={model}
        state={state}
        hits={found.hits}
        runTimes={runTimes}
        detail={
          state.chosen && (
            <SpanDetail
              fileId={file.id}
              model={model}
              named={state.chosen}
              critical={runTimes.critical[state.chosen.place] === 1}
              onFollow={state.follow}
              onFit={state.fit}
              onClose={state.close}
            />
          )
        }
      />
      <TraceLegend present={present} unexplained={unexplained} critical={runTimes.critical.includes(1)} />
    </>
  );
}
