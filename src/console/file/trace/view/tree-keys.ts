import type { KeyboardEvent } from "react";
import { isOpen } from "../rows/folds.model.ts";
import { nameOf, seenPlace } from "../rows/row-place.ts";
import type { TraceModel } from "./use-trace-model.ts";
import type { WaterfallState } from "./use-waterfall.ts";

const rowsPerPage = 20;

/** Does what a key means while the tree has the focus. */
export function onTreeKey(event: KeyboardEvent, model: TraceModel, state: WaterfallState): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const known = event.shiftKey
    ? actOnTime(event.key, state)
    : moveCursor(event.key, state) || actOnRow(event.key, model, state);
  if (known) event.preventDefault();
}

function actOnTime(key: string, { window, zoomBy }: WaterfallState): boolean {
  if (key === "ArrowLeft") window.pan(-0.25);
  else if (key === "ArrowRight") window.pan(0.25);
  else if (key === "ArrowUp") zoomBy(0.5);
  else if (key === "ArrowDown") zoomBy(2);
  else return false;
  return true;
}

function moveCursor(key: string, { seen, cursorAt, moveTo }: WaterfallState): boolean {
  const from = seenPlace(seen, cursorAt);
  const last = seen.length - 1;
  const places: Readonly<Record<string, number>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + rowsPerPage,
    PageUp: from - rowsPerPage,
    Home: 0,
    End: last,
  };
  const place = places[key];
  if (place === undefined) return false;
  moveTo(seen[Math.min(last, Math.max(0, place))] ?? 0);
  return true;
}

function actOnRow(key: string, model: TraceModel, state: WaterfallState): boolean {
  const row = model.tree.rows[state.cursorAt];
  const open = row !== undefined && row.below > 0 && isOpen(row, state.folds);
  if (key === "Escape") state.close();
  else if (row === undefined) return false;
  else if (key === "Enter" || key === " ") state.choose(nameOf(model.table, row));
  else if (key === "ArrowRight" && open) state.moveTo(row.at + 1);
  else if (key === "ArrowRight") state.toggle(row.at, true);
  else if (key === "ArrowLeft" && open) state.toggle(row.at, false);
  else if (key === "ArrowLeft") state.moveTo(row.parentAt);
  else return false;
  return true;
}
