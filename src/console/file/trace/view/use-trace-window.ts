import { useCallback, useMemo } from "react";
import { type TimeAxis, toLine, toTime } from "../time/time-axis.ts";
import {
  fitWindow,
  isWhole,
  panWindow,
  type Window,
  windowAround,
  zoomWindow,
} from "../time/window.model.ts";
import type { ZoomedTo } from "../trace-state.ts";

/** What of the time line is in sight, and how to change it. */
export interface TraceWindow {
  readonly window: Window;
  readonly whole: boolean;
  set(window: Window): void;
  /** Makes it `factor` times as wide, around a place on the line or the middle. */
  zoom(factor: number, around?: number): void;
  /** Moves it by a share of its width. */
  pan(share: number): void;
  reset(): void;
  /** Brings a stretch of time into sight with some room around it. */
  show(startMs: number, endMs: number): void;
}

/** The window that the address names. */
export function useTraceWindow(
  axis: TimeAxis,
  zoomedTo: ZoomedTo | null,
  onZoom: (zoomedTo: ZoomedTo | null) => void,
): TraceWindow {
  const { length } = axis;
  const window = useMemo(
    () =>
      zoomedTo === null
        ? { from: 0, to: length }
        : fitWindow({ from: toLine(axis, zoomedTo.fromMs), to: toLine(axis, zoomedTo.toMs) }, length),
    [axis, length, zoomedTo],
  );
  const set = useCallback(
    (next: Window) =>
      onZoom(isWhole(next, length) ? null : { fromMs: toTime(axis, next.from), toMs: toTime(axis, next.to) }),
    [axis, length, onZoom],
  );
  return useMemo(
    () => ({
      window,
      whole: zoomedTo === null,
      set,
      zoom: (factor, around = (window.from + window.to) / 2) =>
        set(zoomWindow(window, length, factor, around)),
      pan: (share) => set(panWindow(window, length, share)),
      reset: () => onZoom(null),
      show: (startMs, endMs) => set(windowAround(toLine(axis, startMs), toLine(axis, endMs), length)),
    }),
    [window, zoomedTo, set, axis, length, onZoom],
  );
}
