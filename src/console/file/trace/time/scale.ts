import { type TimeAxis, toLine, toTime } from "./time-axis.ts";
import type { Window } from "./window.model.ts";

/** What turns times into places on the screen. */
export interface Scale {
  readonly axis: TimeAxis;
  readonly window: Window;
  /** How wide the window is on the screen. */
  readonly widthPx: number;
  /** Where what goes on has come to, in ms since the origin. */
  readonly nowMs: number;
}

/** Where a time is on the screen; what has not ended is drawn to the present moment. */
export function toPx({ axis, window, widthPx, nowMs }: Scale, ms: number): number {
  const place = toLine(axis, Math.min(ms, Math.max(nowMs, 0)));
  return ((place - window.from) / (window.to - window.from)) * widthPx;
}

/** The time at a place on the screen, in ms since the origin. */
export function toMs({ axis, window, widthPx }: Scale, px: number): number {
  return toTime(axis, window.from + (px / widthPx) * (window.to - window.from));
}
