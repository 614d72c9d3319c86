"use client";

import { type MouseEvent, type ReactNode, useMemo, useRef } from "react";
import { hitsBetween, isHit } from "../rows/find-hits.model.ts";
import { isOpen } from "../rows/folds.model.ts";
import { nameOf, seenPlace } from "../rows/row-place.ts";
import type { Scale } from "../time/scale.ts";
import { HoverCard } from "./hover-card.tsx";
import { Minimap } from "./minimap.tsx";
import { PointerTime } from "./pointer-time.tsx";
import { RowList } from "./row-list.tsx";
import { Ruler } from "./ruler.tsx";
import { TimeMarks } from "./time-marks.tsx";
import { onTreeKey } from "./tree-keys.ts";
import { usePanDrag } from "./use-pan-drag.ts";
import type { RunTimes } from "./use-run-times.ts";
import type { TraceModel } from "./use-trace-model.ts";
import type { WaterfallState } from "./use-waterfall.ts";
import { useWheelZoom } from "./use-wheel-zoom.ts";
import { useWidth } from "./use-width.ts";
import classes from "./waterfall.module.css";
import { rowId, WaterfallRow } from "./waterfall-row.tsx";

/** More hits than this are not marked one by one on the minimap. */
const mostMarks = 400;

/** The spans as a tree of bars on one time line, with a ruler and a map of the whole. */
export function Waterfall(props: {
  fileId: string;
  model: TraceModel;
  state: WaterfallState;
  hits: Int32Array;
  runTimes: RunTimes;
  /** Stands beside the rows, or below them where there is no room. */
  detail: ReactNode;
}) {
  const { model, state, hits } = props;
  const { rows } = model.tree;
  const [lineRef, widthPx] = useWidth<HTMLSpanElement>();
  const scrollRef = useRef<HTMLDivElement>(null);
  const frameRef = useRef<HTMLDivElement>(null);
  const scale = useMemo<Scale>(
    () => ({
      axis: model.axis,
      window: state.window.window,
      widthPx: Math.max(1, widthPx),
      nowMs: model.nowMs,
    }),
    [model.axis, model.nowMs, state.window.window, widthPx],
  );
  useWheelZoom(scrollRef, scale, state.window);
  usePanDrag(scrollRef, scale, state.window);
  const marks = useMemo(
    () => [...hits.subarray(0, mostMarks)].map((at) => rows[at]?.startMs ?? 0),
    [hits, rows],
  );
  const cursor = rows[state.cursorAt];
  const cursorSeen = seenPlace(state.seen, state.cursorAt) !== -1;
  return (
    <div className={classes.split} data-open={props.detail !== null}>
      <div ref={frameRef} className={classes.frame}>
        <Minimap model={model} window={state.window} hits={marks} />
        <Ruler scale={scale} window={state.window} lineRef={lineRef} />
        <TimeMarks scale={scale} runTimes={props.runTimes.stretches} />
        <div
          ref={scrollRef}
          className={classes.scroll}
          data-zoomed={!state.window.whole}
          role="tree"
          tabIndex={0}
          aria-label="Spans"
          aria-describedby="trace-keys"
          aria-activedescendant={cursor && cursorSeen ? rowId(cursor) : undefined}
          onClick={(event) => onClick(event, model, state)}
          onKeyDown={(event) => onTreeKey(event, model, state)}
        >
          <RowList
            model={model}
            seen={state.seen}
            cursorAt={state.cursorAt}
            target={state.target}
            scrollRef={scrollRef}
          >
            {(row, topPx) => {
              const open = isOpen(row, state.folds);
              return (
                <WaterfallRow
                  key={row.key}
                  row={row}
                  model={model}
                  scale={scale}
                  topPx={topPx}
                  open={open}
                  cursor={row.at === state.cursorAt}
                  chosen={row.at === state.chosen?.at}
                  chosenPlace={state.chosen?.place ?? -1}
                  hit={isHit(hits, row.at)}
                  hiddenHits={open ? 0 : hitsBetween(hits, row.at + 1, row.at + 1 + row.below)}
                  stretches={row.kind === "run" ? props.runTimes.stretches.get(row.key) : undefined}
                  critical={props.runTimes.critical}
                />
              );
            }}
          </RowList>
        </div>
        <PointerTime scale={scale} originMs={model.table.originMs} frameRef={frameRef} />
        <HoverCard fileId={props.fileId} model={model} areaRef={scrollRef} />
        <p id="trace-keys" className={classes.spoken}>
          Arrow keys move, left and right fold and unfold, Enter opens the details. Plus and minus zoom, F
          zooms to the row, A and D move along the time line, 0 shows everything, N goes to the next hit.
        </p>
      </div>
      {props.detail}
    </div>
  );
}

/** What was clicked is told by the nearest data attribute. */
function onClick(event: MouseEvent<HTMLElement>, model: TraceModel, state: WaterfallState): void {
  if (!(event.target instanceof Element)) return;
  const at = Number(event.target.closest<HTMLElement>("[data-at]")?.dataset.at ?? -1);
  const row = model.tree.rows[at];
  if (row === undefined) return;
  const goto = event.target.closest<HTMLElement>("[data-goto]")?.dataset.goto;
  const place = Number(event.target.closest<HTMLElement>("[data-place]")?.dataset.place ?? -1);
  const name = model.table.spans[place]?.spanId ?? nameOf(model.table, row);
  if (goto !== undefined) state.follow(goto);
  else if (event.target.closest("[data-show]"))
    state.window.show(row.startMs, Math.min(row.endMs, model.nowMs));
  else if (event.target.closest("[data-toggle='true']")) state.toggle(at, !isOpen(row, state.folds));
  else if (row.at === state.chosen?.at && (place === -1 || place === state.chosen.place)) state.close();
  else state.choose(name);
}
