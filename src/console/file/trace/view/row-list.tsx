"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, type RefObject, useLayoutEffect, useRef } from "react";
import { findNamed, nameOf, seenPlace } from "../rows/row-place.ts";
import type { TraceRow } from "../rows/trace-row.ts";
import type { TraceModel } from "./use-trace-model.ts";
import type { ScrollTarget } from "./use-waterfall.ts";

/** The height of a row; waterfall.module.css has it too. */
const rowHeightPx = 26;

/** What stays where it is when rows come and go: the row with the cursor, or the uppermost in sight. */
interface Anchor {
  readonly name: string;
  /** How far its upper edge is below the upper edge of what is in sight. */
  readonly belowPx: number;
}

/**
 * The rows in sight. Only they are in the page, so that eighty thousand stay smooth; when rows come and go, what
 * somebody looks at stays where it is.
 */
export function RowList(props: {
  model: TraceModel;
  seen: Int32Array;
  /** The row that is kept in its place, if it is in sight. */
  cursorAt: number;
  target: ScrollTarget | null;
  scrollRef: RefObject<HTMLDivElement | null>;
  children: (row: TraceRow, topPx: number) => ReactNode;
}) {
  const { model, seen, target, scrollRef } = props;
  const { rows } = model.tree;
  const virtual = useVirtualizer({
    count: seen.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => rowHeightPx,
    overscan: 12,
  });
  const anchor = useRef<Anchor | null>(null);
  const done = useRef<ScrollTarget | null>(null);

  useLayoutEffect(() => {
    const scroll = scrollRef.current;
    if (scroll === null || anchor.current === null) return;
    const named = findNamed(model.table, model.tree, anchor.current.name);
    const place = named === null ? -1 : seenPlace(seen, named.at);
    if (place === -1) return;
    const top = place * rowHeightPx - anchor.current.belowPx;
    if (Math.abs(top - scroll.scrollTop) >= 1) scroll.scrollTop = top;
  }, [model.table, model.tree, seen, scrollRef]);

  useLayoutEffect(() => {
    if (target === null || target === done.current) return;
    const place = seenPlace(seen, target.at);
    if (place === -1) return;
    done.current = target;
    virtual.scrollToIndex(place, { align: target.align });
    // Somebody who was led here should not have to look for it further down the page.
    if (target.align === "center") scrollRef.current?.scrollIntoView({ block: "nearest" });
  }, [target, seen, virtual, scrollRef]);

  const items = virtual.getVirtualItems();
  useLayoutEffect(() => {
    const { scrollTop = 0, clientHeight = 0 } = scrollRef.current ?? {};
    const cursorPlace = seenPlace(seen, props.cursorAt);
    const cursorBelowPx = cursorPlace * rowHeightPx - scrollTop;
    const inSight = cursorPlace !== -1 && cursorBelowPx >= 0 && cursorBelowPx < clientHeight;
    const place = inSight ? cursorPlace : Math.floor(scrollTop / rowHeightPx);
    const row = rows[seen[place] ?? -1];
    if (row) anchor.current = { name: nameOf(model.table, row), belowPx: place * rowHeightPx - scrollTop };
  });

  return (
    <div style={{ position: "relative", height: virtual.getTotalSize() }}>
      {items.map((item) => {
        const row = rows[seen[item.index] ?? -1];
        return row === undefined ? null : props.children(row, item.start);
      })}
    </div>
  );
}
