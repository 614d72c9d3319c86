import { useWindowEvent } from "@mantine/hooks";
import { useState } from "react";
import type { MouseHandlerDataParam } from "recharts";
import type { ChartSpan } from "./chart-data.ts";

/**
 * A span of time that is drawn over a chart with the mouse, bucket by bucket. Letting go within the bucket in which
 * it began is a click and chooses nothing; a row of the chart's table chooses a single bucket.
 */
export function useBrush(boundaries: readonly string[], onBrush: ((span: ChartSpan) => void) | undefined) {
  const [drawn, setDrawn] = useState<readonly [begun: number, now: number] | null>(null);
  const chosen =
    drawn === null || drawn[0] === drawn[1] ? null : ([Math.min(...drawn), Math.max(...drawn)] as const);

  // On the window, as the button may be let go of anywhere.
  useWindowEvent("mouseup", () => {
    setDrawn(null);
    const [from, to] = chosen === null ? [] : [boundaries[chosen[0]], boundaries[chosen[1] + 1]];
    if (from !== undefined && to !== undefined) onBrush?.({ from, to });
  });

  const handlers = {
    onMouseDown(state: MouseHandlerDataParam) {
      const place = placeOf(state);
      if (place !== null) setDrawn([place, place]);
    },
    onMouseMove(state: MouseHandlerDataParam) {
      const place = placeOf(state);
      if (place !== null && drawn !== null) setDrawn([drawn[0], place]);
    },
  };
  return { chosen, drawing: chosen !== null, handlers: onBrush === undefined ? {} : handlers };
}

function placeOf({ activeTooltipIndex }: MouseHandlerDataParam): number | null {
  const place = Number(activeTooltipIndex ?? Number.NaN);
  return Number.isInteger(place) ? place : null;
}
