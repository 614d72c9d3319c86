import { throttle, useQueryStates } from "nuqs";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type Folds, foldsOfWords, foldsToWords, openAbove, seenRows, setOpen } from "../rows/folds.model.ts";
import { findNamed, type Named, nameOf } from "../rows/row-place.ts";
import { toLine } from "../time/time-axis.ts";
import { traceState, type ZoomedTo } from "../trace-state.ts";
import type { TraceModel } from "./use-trace-model.ts";
import { type TraceWindow, useTraceWindow } from "./use-trace-window.ts";

/** A row to be scrolled to; a new object each time that somebody asks for it. */
export interface ScrollTarget {
  readonly at: number;
  readonly align: "auto" | "center";
}

/** What is open, in sight and pointed at in the waterfall, and how to change it. */
export interface WaterfallState {
  readonly folds: Folds;
  /** The places of the rows that are not folded away. */
  readonly seen: Int32Array;
  readonly window: TraceWindow;
  /** What has its details open. */
  readonly chosen: Named | null;
  /** The row that the keys start from; -1 before there is one. */
  readonly cursorAt: number;
  readonly target: ScrollTarget | null;
  readonly find: string;
  setFind(word: string): void;
  setFolds(folds: Folds): void;
  toggle(at: number, open: boolean): void;
  /** Moves the cursor, and with it the details when they are open. */
  moveTo(at: number): void;
  /** Opens the details of what goes by this name. */
  choose(name: string): void;
  /** Unfolds what hides a row, moves the cursor there and brings it into sight. */
  reveal(at: number): void;
  /** Goes to what goes by this name, and opens its details. */
  follow(name: string): void;
  /** Makes what is in sight `factor` times as wide, around the cursor's row where that is in sight. */
  zoomBy(factor: number): void;
  /** Brings the bar of the cursor's row, or of the span whose details are open, to the full width. */
  fit(): void;
  close(): void;
}

// Wheels and keys change the address often; browsers allow for few changes. Throttled and not put off, so that these go
// in one line with the span that is chosen: of two lines that write at once, one loses what the other wrote.
const addressOptions = { history: "replace", limitUrlUpdates: throttle(200) } as const;

/** The state of the waterfall; all that somebody else should see by the same link stands in the address. */
export function useWaterfall(
  model: TraceModel,
  chosenName: string | null,
  onChoose: (name: string | null) => void,
): WaterfallState {
  const { table, tree, axis } = model;
  const [address, setAddress] = useQueryStates(traceState, addressOptions);
  const words = address.folds.join("~");
  const folds = useMemo(() => foldsOfWords(words === "" ? [] : words.split("~")), [words]);
  const seen = useMemo(() => seenRows(tree.rows, folds), [tree, folds]);
  const onZoom = useCallback((zoom: ZoomedTo | null) => void setAddress({ zoom }), [setAddress]);
  const window = useTraceWindow(axis, address.zoom, onZoom);
  const [cursorName, setCursorName] = useState(chosenName);
  const [target, setTarget] = useState<ScrollTarget | null>(null);
  const chosen = useMemo(() => findNamed(table, tree, chosenName), [table, tree, chosenName]);
  const cursorAt = useMemo(() => findNamed(table, tree, cursorName)?.at ?? -1, [table, tree, cursorName]);
  const shown = useRef<string | null>(null);

  const setFolds = (next: Folds) => void setAddress({ folds: foldsToWords(next) });
  const choose = (name: string | null) => {
    shown.current = name;
    if (name !== null) setCursorName(name);
    onChoose(name);
  };
  const moveTo = (at: number, align: ScrollTarget["align"] = "auto") => {
    const row = tree.rows[at];
    if (row === undefined) return;
    const name = nameOf(table, row);
    setCursorName(name);
    setTarget({ at, align });
    if (chosenName !== null) choose(name);
  };
  const reveal = (at: number) => {
    const opened = openAbove(folds, tree.rows, at);
    if (opened !== folds) setFolds(opened);
    const row = tree.rows[at];
    const { fromMs, toMs } = address.zoom ?? { fromMs: 0, toMs: Number.POSITIVE_INFINITY };
    if (row && (row.endMs < fromMs || row.startMs > toMs))
      window.show(row.startMs, Math.min(row.endMs, model.nowMs));
    moveTo(at, "center");
  };
  // A link may name a span that is folded away, or that arrives with a later page.
  useEffect(() => {
    if (chosen === null || chosenName === shown.current) return;
    shown.current = chosenName;
    setCursorName(chosenName);
    const opened = openAbove(folds, tree.rows, chosen.at);
    if (opened !== folds) void setAddress({ folds: foldsToWords(opened) });
    setTarget({ at: chosen.at, align: "center" });
  }, [chosen, chosenName, folds, tree, setAddress]);

  const pointedAt = () => {
    const place = chosen?.at === cursorAt ? chosen.place : -1;
    const row = tree.rows[cursorAt];
    if (row === undefined) return null;
    const startMs = place === -1 ? row.startMs : (table.startMs[place] ?? row.startMs);
    const endMs = place === -1 ? row.endMs : (table.endMs[place] ?? row.endMs);
    return { startMs, endMs: Math.min(endMs, Math.max(model.nowMs, startMs)) };
  };

  return {
    folds,
    seen,
    window,
    chosen,
    cursorAt,
    target,
    find: address.find,
    setFind: (find) => void setAddress({ find }),
    setFolds,
    toggle(at, open) {
      const row = tree.rows[at];
      if (row === undefined) return;
      setFolds(setOpen(folds, row, open));
      const hidesCursor = !open && cursorAt > at && cursorAt <= at + row.below;
      if (hidesCursor) moveTo(at);
      else setCursorName(nameOf(table, row));
    },
    moveTo,
    choose,
    reveal,
    follow(name) {
      const named = findNamed(table, tree, name);
      if (named === null) return;
      reveal(named.at);
      choose(name);
    },
    zoomBy(factor) {
      const stretch = pointedAt();
      const { from, to } = window.window;
      const middle = stretch && (toLine(axis, stretch.startMs) + toLine(axis, stretch.endMs)) / 2;
      const inSight = middle !== null && middle >= from && middle <= to;
      window.zoom(factor, inSight ? middle : undefined);
    },
    fit() {
      const stretch = pointedAt();
      if (stretch !== null) window.show(stretch.startMs, stretch.endMs);
    },
    close: () => choose(null),
  };
}
