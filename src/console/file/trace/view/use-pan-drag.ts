import { type RefObject, useEffect, useRef } from "react";
import type { Scale } from "../time/scale.ts";
import type { TraceWindow } from "./use-trace-window.ts";

/** A hand that trembles means a click. */
const leastPx = 5;

/** Where a drag has come to. */
interface Held {
  readonly pointerId: number;
  readonly startPx: number;
  lastPx: number;
  moved: boolean;
}

/** While a part of the time line is in sight, the bars are taken and moved along it; a press without moving is a click. */
export function usePanDrag(areaRef: RefObject<HTMLElement | null>, scale: Scale, window: TraceWindow): void {
  const now = useRef({ scale, window });
  useEffect(() => {
    now.current = { scale, window };
  });
  useEffect(() => {
    const area = areaRef.current;
    if (area === null) return;
    let held: Held | null = null;
    const onDown = (event: PointerEvent) => {
      const onBars = event.target instanceof Element && event.target.closest("[data-bars]") !== null;
      if (event.button !== 0 || !onBars || now.current.window.whole) return;
      held = { pointerId: event.pointerId, startPx: event.clientX, lastPx: event.clientX, moved: false };
    };
    const onMove = (event: PointerEvent) => {
      if (held === null || event.pointerId !== held.pointerId) return;
      if (!held.moved && Math.abs(event.clientX - held.startPx) < leastPx) return;
      if (!held.moved) area.setPointerCapture(event.pointerId);
      const { scale, window } = now.current;
      window.pan((held.lastPx - event.clientX) / scale.widthPx);
      held.moved = true;
      held.lastPx = event.clientX;
    };
    const onEnd = () => {
      if (held?.moved) area.addEventListener("click", swallow, { capture: true, once: true });
      // A drag that ended elsewhere has no click to be swallowed.
      requestAnimationFrame(() => area.removeEventListener("click", swallow, { capture: true }));
      held = null;
    };
    const leave = new AbortController();
    const { signal } = leave;
    area.addEventListener("pointerdown", onDown, { signal });
    area.addEventListener("pointermove", onMove, { signal });
    area.addEventListener("pointerup", onEnd, { signal });
    area.addEventListener("pointercancel", onEnd, { signal });
    return () => leave.abort();
  }, [areaRef]);
}

function swallow(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}
