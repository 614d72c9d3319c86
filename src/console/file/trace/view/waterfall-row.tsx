"use client";

import { IconCornerUpLeft } from "@tabler/icons-react";
import { memo } from "react";
import { formatCounted } from "../../../format/count.ts";
import { StateIcon } from "../../../status/status-mark.tsx";
import { spokenWords } from "../rows/row-words.ts";
import type { TraceRow } from "../rows/trace-row.ts";
import type { BandStretch } from "../time/bar-pieces.model.ts";
import type { Scale } from "../time/scale.ts";
import { RowBars } from "./row-bars.tsx";
import type { TraceModel } from "./use-trace-model.ts";
import classes from "./waterfall-row.module.css";

/** Names stop moving right beyond this depth; the bars still tell the nesting. */
const deepestIndent = 14;

/** Steps are told by the rest of their name where there is little room. */
const verb = "process ";

interface RowProps {
  row: TraceRow;
  model: TraceModel;
  scale: Scale;
  topPx: number;
  open: boolean;
  /** The keys start here. */
  cursor: boolean;
  /** Its details are open; `chosenPlace` says of which of its spans. */
  chosen: boolean;
  chosenPlace: number;
  hit: boolean;
  /** Hits that are folded away in it. */
  hiddenHits: number;
  /** What the time of a run went to. */
  stretches: readonly BandStretch[] | undefined;
  /** 1 at the place of each span that is on the critical path. */
  critical: Uint8Array;
}

/**
 * One row: its name at its depth, its bars at their times. Clicks are handled by the tree, which tells by the data
 * attributes what was meant; so rows take no functions and are drawn anew only when what they show has changed.
 */
export const WaterfallRow = memo(function WaterfallRow(props: RowProps) {
  const { row, model, open } = props;
  return (
    // The keys are handled by the tree, which keeps the focus for all its items.
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      id={rowId(row)}
      role="treeitem"
      className={classes.row}
      style={{ transform: `translateY(${props.topPx}px)` }}
      data-at={row.at}
      data-kind={row.kind}
      data-cursor={props.cursor}
      aria-level={row.depth + 1}
      aria-posinset={row.place}
      aria-setsize={row.siblings}
      aria-selected={props.chosen}
      aria-expanded={row.below > 0 ? open : undefined}
    >
      <span
        className={classes.name}
        style={{ paddingInlineStart: `${0.375 + Math.min(row.depth, deepestIndent) * 0.8125}rem` }}
      >
        <span className={classes.toggle} data-toggle={row.below > 0} data-open={open} aria-hidden="true" />
        {row.failed && <StateIcon state="failed" size={12} />}
        <span className={classes.label} data-failed={row.failed} data-hit={props.hit}>
          {row.name.startsWith(verb) && <span className={classes.verb}>{verb}</span>}
          {row.name.startsWith(verb) ? row.name.slice(verb.length) : row.name}
        </span>
        {row.note !== "" && <span className={classes.note}>{row.note}</span>}
        {props.hiddenHits > 0 && (
          <span className={classes.hits}>{formatCounted(props.hiddenHits, "hit")}</span>
        )}
        <LinkChip row={row} model={model} />
      </span>
      <span className={classes.spoken}>{spokenWords(row, model.table, model.nowMs)}</span>
      <span className={classes.line} data-bars aria-hidden="true">
        <RowBars
          row={row}
          model={model}
          scale={props.scale}
          chosenPlace={props.chosen ? props.chosenPlace : -1}
          stretches={props.stretches}
          critical={props.critical}
        />
      </span>
    </div>
  );
});

/** The id of a row's element, which the tree names as the active one. */
export function rowId(row: TraceRow): string {
  return `trace-row-${row.at}`;
}

/** Leads to the span of another run, or to the requeue, that this one follows from. */
function LinkChip({ row, model }: { row: TraceRow; model: TraceModel }) {
  const link = linkOf(row, model);
  if (link === null) return null;
  return (
    <span className={classes.link} data-goto={link.spanId} aria-hidden="true">
      <IconCornerUpLeft size={12} stroke={1.75} />
      <span className={classes.linkWords}>{link.words}</span>
    </span>
  );
}

function linkOf(row: TraceRow, { table, tree }: TraceModel): { spanId: string; words: string } | null {
  const span = table.spans[row.span];
  for (const link of span?.links ?? []) {
    const place = table.placeOf.get(link.spanId);
    if (place === undefined || (link.traceId === span?.traceId && table.looks[place] === "message")) continue;
    let target = tree.rows[tree.rowOfSpan[place] ?? -1];
    if (link.traceId === span?.traceId) return { spanId: link.spanId, words: target?.name ?? "" };
    while (target && target.kind !== "run") target = tree.rows[target.parentAt];
    return { spanId: link.spanId, words: target?.name.toLowerCase() ?? "" };
  }
  return null;
}
