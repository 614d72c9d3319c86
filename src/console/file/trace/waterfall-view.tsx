"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { formatDuration } from "../../format/duration.ts";
import { rulerMarks } from "./ruler.model.ts";
import { visibleRows, type Waterfall, type WaterfallRow } from "./waterfall.model.ts";
import classes from "./waterfall.module.css";
import { WaterfallSpan } from "./waterfall-span.tsx";

const rowHeightPx = 26;

/** The spans as a tree of bars. Only the rows in sight are in the page, so that ten thousand stay smooth. */
export function WaterfallView(props: {
  waterfall: Waterfall;
  spanId: string | null;
  onSpan: (spanId: string | null) => void;
}) {
  const { waterfall, spanId, onSpan } = props;
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => visibleRows(waterfall.rows, closed), [waterfall.rows, closed]);
  const scrollRef = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => rowHeightPx,
    overscan: 20,
  });
  const chosenAt = rows.findIndex((row) => row.span.spanId === spanId);

  function toggle(row: WaterfallRow, open: boolean): void {
    const next = new Set(closed);
    if (open) next.delete(row.span.spanId);
    else if (row.descendants > 0) next.add(row.span.spanId);
    setClosed(next);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const row = rows[chosenAt];
    const target = {
      ArrowDown: chosenAt + 1,
      ArrowUp: Math.max(0, chosenAt - 1),
      Home: 0,
      End: rows.length - 1,
    }[event.key];
    if (target !== undefined) {
      const next = rows[target];
      if (next) onSpan(next.span.spanId);
      virtual.scrollToIndex(Math.min(target, rows.length - 1));
    } else if (row && event.key === "ArrowLeft") toggle(row, false);
    else if (row && event.key === "ArrowRight") toggle(row, true);
    else if (event.key === "Escape") onSpan(null);
    else return;
    event.preventDefault();
  }

  return (
    <div className={classes.frame}>
      <div
        ref={scrollRef}
        className={classes.scroll}
        role="tree"
        tabIndex={0}
        aria-label="Spans. Arrow keys move, left and right close and open."
        aria-activedescendant={chosenAt === -1 ? undefined : `span-${spanId}`}
        onKeyDown={onKeyDown}
      >
        <Ruler totalMs={waterfall.totalMs} />
        <div className={classes.rows} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <WaterfallSpan
                key={row.span.spanId}
                row={row}
                totalMs={waterfall.totalMs}
                topPx={item.start}
                chosen={item.index === chosenAt}
                open={!closed.has(row.span.spanId)}
                onChoose={() => onSpan(item.index === chosenAt ? null : row.span.spanId)}
                onToggle={(open) => toggle(row, open)}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Ruler({ totalMs }: { totalMs: number }) {
  return (
    <div className={classes.ruler} aria-hidden="true">
      <span className={classes.rulerName}>Span</span>
      <span className={classes.rulerLine}>
        {rulerMarks(totalMs, 6).map(({ atMs, share }) => (
          <span
            key={atMs}
            className={classes.mark}
            data-last={share > 0.93}
            style={{ left: `${share * 100}%` }}
          >
            {formatDuration(atMs)}
          </span>
        ))}
      </span>
    </div>
  );
}
