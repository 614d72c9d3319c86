import { type RefObject, useEffect, useRef } from "react";
import type { Scale } from "../time/scale.ts";
import type { TraceWindow } from "./use-trace-window.ts";

/**
 * The wheel over the bars: with ctrl (or a pinch) it zooms around the pointer, sideways or with shift it moves
 * along the time line; up and down it scrolls, as everywhere.
 */
export function useWheelZoom(
  areaRef: RefObject<HTMLElement | null>,
  scale: Scale,
  window: TraceWindow,
): void {
  const now = useRef({ scale, window });
  useEffect(() => {
    now.current = { scale, window };
  });
  useEffect(() => {
    const area = areaRef.current;
    if (area === null) return;
    const onWheel = (event: WheelEvent) => {
      const { scale, window } = now.current;
      const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
      if (event.ctrlKey || event.metaKey) {
        const right = area.getBoundingClientRect().left + area.clientWidth - rightMarginPx;
        const share = Math.min(1, Math.max(0, 1 - (right - event.clientX) / scale.widthPx));
        const around = scale.window.from + share * (scale.window.to - scale.window.from);
        window.zoom(Math.exp(clamp(event.deltaY) * 0.004), around);
      } else if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
        window.pan(sideways / scale.widthPx);
      } else return;
      event.preventDefault();
    };
    // React listens passively, and a passive listener cannot keep the page from zooming.
    area.addEventListener("wheel", onWheel, { passive: false });
    return () => area.removeEventListener("wheel", onWheel);
  }, [areaRef]);
}

/** The margin at the right of the bars; waterfall-row.module.css has it too. */
const rightMarginPx = 12;

function clamp(delta: number): number {
  return Math.min(240, Math.max(-240, delta));
}
