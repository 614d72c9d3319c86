import { type PointerEvent, useRef, useState } from "react";

/** A stretch that is being dragged over, in px from the left edge. */
export interface DraggedRange {
  readonly fromPx: number;
  readonly toPx: number;
}

/** A hand that trembles means a click. */
const leastPx = 4;

/** Lets a range be chosen by dragging over an element; a press without moving is a click. */
export function useRangeDrag(on: { range: (range: DraggedRange) => void; click?: (px: number) => void }) {
  const startPx = useRef<number | null>(null);
  const [range, setRange] = useState<DraggedRange | null>(null);
  const rangeTo = (px: number): DraggedRange => {
    const start = startPx.current ?? px;
    return { fromPx: Math.min(start, px), toPx: Math.max(start, px) };
  };
  const end = (event: PointerEvent<HTMLElement>, keep: boolean) => {
    if (startPx.current === null) return;
    const dragged = rangeTo(pxOf(event));
    const click = dragged.toPx - dragged.fromPx < leastPx;
    if (keep && click) on.click?.(startPx.current);
    else if (keep) on.range(dragged);
    startPx.current = null;
    setRange(null);
  };
  return {
    range,
    handlers: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0) return;
        startPx.current = pxOf(event);
        event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        if (startPx.current !== null) setRange(rangeTo(pxOf(event)));
      },
      onPointerUp: (event: PointerEvent<HTMLElement>) => end(event, true),
      onPointerCancel: (event: PointerEvent<HTMLElement>) => end(event, false),
    },
  };
}

/** Where the pointer is, within the element. */
function pxOf(event: PointerEvent<HTMLElement>): number {
  const { left, width } = event.currentTarget.getBoundingClientRect();
  return Math.min(width, Math.max(0, event.clientX - left));
}
