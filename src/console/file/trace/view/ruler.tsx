"use client";

import type { Ref } from "react";
import { markWords, type RulerMark, rulerMarks } from "../time/ruler-marks.model.ts";
import type { Scale } from "../time/scale.ts";
import classes from "./ruler.module.css";
import { useRangeDrag } from "./use-range-drag.ts";
import type { TraceWindow } from "./use-trace-window.ts";

/** How many px a mark is given, so that most find room for their words. */
const pxPerMark = 92;
const letterPx = 6.6;
const besidePx = 10;

/** The times above the bars. Dragging over it zooms there, a double click shows everything again. */
export function Ruler(props: { scale: Scale; window: TraceWindow; lineRef: Ref<HTMLSpanElement> }) {
  const { scale, window } = props;
  const placeOf = (px: number) =>
    scale.window.from + (px / scale.widthPx) * (scale.window.to - scale.window.from);
  const drag = useRangeDrag({
    range: ({ fromPx, toPx }) => window.set({ from: placeOf(fromPx), to: placeOf(toPx) }),
  });
  const marks = rulerMarks(scale.axis, scale.window, Math.max(2, Math.floor(scale.widthPx / pxPerMark)));
  return (
    <div className={classes.ruler} aria-hidden="true">
      <span className={classes.heading}>Span</span>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: for hands only; the keys do the same */}
      <span
        ref={props.lineRef}
        className={classes.line}
        data-time-line
        title="Drag to zoom, double click to show everything"
        onDoubleClick={window.reset}
        {...drag.handlers}
      >
        {apart(marks, scale.widthPx).map(({ atMs, share }) => (
          <span
            key={`${atMs} ${share}`}
            className={classes.mark}
            data-last={isLast(share, scale.widthPx)}
            style={{ left: `${share * 100}%` }}
          >
            {markWords(atMs)}
          </span>
        ))}
        {drag.range && (
          <span
            className={classes.range}
            style={{ left: drag.range.fromPx, width: drag.range.toPx - drag.range.fromPx }}
          />
        )}
      </span>
    </div>
  );
}

/** A mark so near to the right edge has its words at its left. */
const lastPx = 60;

function isLast(share: number, widthPx: number): boolean {
  return share > 1 - lastPx / widthPx;
}

/** The marks without those whose words would lie on those of the mark before. */
function apart(marks: readonly RulerMark[], widthPx: number): RulerMark[] {
  let freePx = Number.NEGATIVE_INFINITY;
  return marks.filter(({ share, atMs }) => {
    const wordsPx = markWords(atMs).length * letterPx + besidePx;
    const fromPx = share * widthPx - (isLast(share, widthPx) ? wordsPx : 0);
    if (fromPx < freePx) return false;
    freePx = fromPx + wordsPx;
    return true;
  });
}
