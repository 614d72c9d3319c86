"use client";

import { useComputedColorScheme } from "@mantine/core";
import { type PointerEvent, useEffect, useMemo, useRef } from "react";
import { densityOf } from "../time/density.model.ts";
import { toLine } from "../time/time-axis.ts";
import { fitWindow } from "../time/window.model.ts";
import { drawDensity } from "./draw-density.ts";
import classes from "./minimap.module.css";
import { useRangeDrag } from "./use-range-drag.ts";
import type { TraceModel } from "./use-trace-model.ts";
import type { TraceWindow } from "./use-trace-window.ts";
import { useWidth } from "./use-width.ts";

const heightPx = 40;

/**
 * The whole time line with what goes on, and the part of it that is in sight: drag over it to see another part,
 * drag that part to move it. For hands only; the keys do the same.
 */
export function Minimap(props: { model: TraceModel; window: TraceWindow; hits: readonly number[] }) {
  const { model, window } = props;
  const { axis, table, nowMs } = model;
  const [frameRef, width] = useWidth<HTMLDivElement>();
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const columns = Math.max(1, Math.floor(width / 2));
  const density = useMemo(() => densityOf(table, axis, nowMs, columns), [table, axis, nowMs, columns]);
  const scheme = useComputedColorScheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme is read through the colours
  useEffect(() => {
    if (canvasRef.current && width > 0) drawDensity(canvasRef.current, density, width, heightPx);
  }, [density, width, scheme]);
  const toPlace = (px: number) => (px / Math.max(1, width)) * axis.length;
  const drag = useRangeDrag({
    range: ({ fromPx, toPx }) => window.set({ from: toPlace(fromPx), to: toPlace(toPx) }),
    click: (px) => {
      const half = (window.window.to - window.window.from) / 2;
      window.set({ from: toPlace(px) - half, to: toPlace(px) + half });
    },
  });
  const leftShare = window.window.from / axis.length;
  const rightShare = window.window.to / axis.length;
  return (
    <div ref={frameRef} className={classes.minimap} style={{ height: heightPx }} aria-hidden="true">
      <canvas ref={canvasRef} className={classes.canvas} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: for hands only, as said above */}
      <div className={classes.ground} onDoubleClick={window.reset} {...drag.handlers} />
      {props.hits.map((ms) => (
        <span
          key={ms}
          className={classes.hit}
          style={{ left: `${(toLine(axis, ms) / axis.length) * 100}%` }}
        />
      ))}
      {axis.cuts.map((cut) => (
        <span
          key={cut.at}
          className={classes.cut}
          style={{ left: `${(cut.at / axis.length) * 100}%`, width: `${(cut.width / axis.length) * 100}%` }}
        />
      ))}
      {!window.whole && (
        <>
          <span className={classes.veil} style={{ left: 0, width: `${leftShare * 100}%` }} />
          <span className={classes.veil} style={{ left: `${rightShare * 100}%`, right: 0 }} />
          <Grip window={window} length={axis.length} leftShare={leftShare} rightShare={rightShare} />
        </>
      )}
      {drag.range && (
        <span
          className={classes.range}
          style={{ left: drag.range.fromPx, width: drag.range.toPx - drag.range.fromPx }}
        />
      )}
    </div>
  );
}

/** The part in sight, to be taken and moved. */
function Grip(props: { window: TraceWindow; length: number; leftShare: number; rightShare: number }) {
  const held = useRef<{ clientX: number; from: number; to: number } | null>(null);
  const { window } = props.window;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: for hands only; the keys do the same
    <span
      className={classes.grip}
      style={{ left: `${props.leftShare * 100}%`, width: `${(props.rightShare - props.leftShare) * 100}%` }}
      onDoubleClick={props.window.reset}
      onPointerDown={(event: PointerEvent<HTMLElement>) => {
        held.current = { clientX: event.clientX, ...window };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event: PointerEvent<HTMLElement>) => {
        if (held.current === null) return;
        const mapPx = event.currentTarget.parentElement?.clientWidth ?? 1;
        const by = ((event.clientX - held.current.clientX) / mapPx) * props.length;
        props.window.set(fitWindow({ from: held.current.from + by, to: held.current.to + by }, props.length));
      }}
      onPointerUp={() => {
        held.current = null;
      }}
    />
  );
}
