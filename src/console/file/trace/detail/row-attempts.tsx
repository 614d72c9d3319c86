"use client";

import { nameOf } from "../rows/row-place.ts";
import { durationWords } from "../rows/row-words.ts";
import type { TraceRow } from "../rows/trace-row.ts";
import type { TraceModel } from "../view/use-trace-model.ts";
import classes from "./span-detail.module.css";

/** The attempts of a step that was tried again, in their order. A click leads there. */
export function RowAttempts(props: { model: TraceModel; row: TraceRow; onFollow: (name: string) => void }) {
  const { model, row } = props;
  const { table, tree } = model;
  const inside = tree.rows.slice(row.at + 1, row.at + 1 + row.below);
  return (
    <ol className={classes.links}>
      {inside
        .filter(({ parentAt }) => parentAt === row.at)
        .map((attempt) => (
          <li key={attempt.key}>
            <button
              type="button"
              className={classes.link}
              onClick={() => props.onFollow(nameOf(table, attempt))}
            >
              {[attempt.name, attempt.note].filter(Boolean).join(", ")}
            </button>{" "}
            {durationWords(attempt, table, model.nowMs)}{" "}
            <span className={classes.quiet}>{table.spans[attempt.span]?.errorCode}</span>
          </li>
        ))}
    </ol>
  );
}
