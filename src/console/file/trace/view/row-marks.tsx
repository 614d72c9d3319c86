import type { NamedGap } from "../time/named-gaps.model.ts";
import classes from "./row-marks.module.css";

/** The line below what is on the critical path. */
export function CriticalLine({ edges }: { edges: readonly number[] }) {
  const lines = [];
  for (let at = 0; at + 1 < edges.length; at += 2) {
    const left = edges[at] ?? 0;
    lines.push(
      <span
        key={at}
        className={classes.critical}
        data-critical
        style={{ left, width: (edges[at + 1] ?? left) - left }}
      />,
    );
  }
  return lines;
}

/** The names of the waits that have room for one. */
export function GapNames({ gaps }: { gaps: readonly NamedGap[] }) {
  return gaps.map(({ key, words, middlePx }) => (
    <span key={key} className={classes.gap} style={{ left: middlePx }}>
      {words}
    </span>
  ));
}
