"use client";

import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { formatDuration } from "../../format/duration.ts";
import { StateIcon } from "../../status/status-mark.tsx";
import type { WaterfallRow } from "./waterfall.model.ts";
import classes from "./waterfall.module.css";

/** Names stop moving right beyond this depth; the bars still tell the nesting. */
const deepestIndent = 14;

/** One span: its name at its depth, its bar at its time. */
export function WaterfallSpan(props: {
  row: WaterfallRow;
  totalMs: number;
  topPx: number;
  chosen: boolean;
  open: boolean;
  onChoose: () => void;
  onToggle: (open: boolean) => void;
}) {
  const { row, totalMs, open } = props;
  const startShare = totalMs === 0 ? 0 : row.startMs / totalMs;
  const lengthShare = totalMs === 0 ? 1 : row.durationMs / totalMs;
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    // The keys are handled by the tree, which keeps the focus for all its items.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      id={`span-${row.span.spanId}`}
      role="treeitem"
      className={classes.row}
      style={{ transform: `translateY(${props.topPx}px)` }}
      aria-level={row.depth + 1}
      aria-selected={props.chosen}
      aria-expanded={row.descendants > 0 ? open : undefined}
      aria-label={`${row.span.name} ${row.note}, ${formatDuration(row.durationMs)}${row.span.status === "error" ? ", failed" : ""}`}
      onClick={props.onChoose}
    >
      <span
        className={classes.name}
        style={{ paddingInlineStart: `${0.375 + Math.min(row.depth, deepestIndent) * 0.8125}rem` }}
      >
        {row.descendants > 0 ? (
          <button
            type="button"
            tabIndex={-1}
            className={classes.toggle}
            aria-label={open ? "Close" : "Open"}
            onClick={(event) => {
              event.stopPropagation();
              props.onToggle(!open);
            }}
          >
            <Chevron size={13} stroke={2} />
          </button>
        ) : (
          <span className={classes.toggle} />
        )}
        {row.span.status === "error" && <StateIcon state="failed" size={12} />}
        <span className={classes.label} data-error={row.span.status === "error"} title={row.span.name}>
          {row.span.name}
        </span>
        {row.note !== "" && <span className={classes.note}>{row.note}</span>}
        {!open && <span className={classes.hidden}>+{row.descendants}</span>}
      </span>
      <span className={classes.line}>
        <span
          className={classes.bar}
          data-kind={row.kind}
          data-error={row.span.status === "error"}
          style={{ left: `${startShare * 100}%`, width: `max(2px, ${lengthShare * 100}%)` }}
        />
        <Length startShare={startShare} endShare={startShare + lengthShare} durationMs={row.durationMs} />
      </span>
    </div>
  );
}

/** The duration stands behind its bar, or before it where there is no room behind. */
function Length(props: { startShare: number; endShare: number; durationMs: number }) {
  const behind = props.endShare <= 0.86;
  const inside = !behind && props.startShare < 0.14;
  const style = behind
    ? { left: `calc(${props.endShare * 100}% + 6px)` }
    : { right: inside ? "6px" : `calc(${(1 - props.startShare) * 100}% + 6px)` };
  return (
    <span className={classes.length} data-inside={inside} style={style}>
      {formatDuration(props.durationMs)}
    </span>
  );
}
