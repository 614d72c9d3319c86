"use client";

import { CloseButton } from "@mantine/core";
import { useEffect, useRef } from "react";
import { CopiedId } from "../../../format/copied-id.tsx";
import { formatDuration } from "../../../format/duration.ts";
import { ExactMoment } from "../../../format/moment-text.tsx";
import { MoneyText } from "../../../format/money-text.tsx";
import sheet from "../../sheet.module.css";
import { type AttemptRow, attemptName } from "../attempts.model.ts";
import { ErrorText } from "../error-text.tsx";
import { OutcomeMark } from "../outcome-mark.tsx";
import classes from "./attempt-comparison.module.css";
import { type ComparedField, type ComparedLine, compareAttempts } from "./compare.model.ts";

/** Two attempts side by side, the older one on the left; what differs and may be the cause is marked. */
export function AttemptComparison(props: { older: AttemptRow; newer: AttemptRow; onClose: () => void }) {
  const { older, newer, onClose } = props;
  const section = useRef<HTMLElement>(null);
  // The second box that was ticked may be far below.
  useEffect(() => section.current?.scrollIntoView({ block: "nearest" }), []);
  return (
    <section
      ref={section}
      className={`${sheet.scroll} ${classes.comparison}`}
      aria-label="Two attempts compared"
    >
      <table className={`${sheet.sheet} ${classes.table}`}>
        <thead>
          <tr>
            <td className={classes.corner}>
              <CloseButton size="sm" aria-label="End the comparison" onClick={onClose} />
            </td>
            <th scope="col" className={classes.older}>
              {attemptName(older, newer)}
            </th>
            <th scope="col" className={classes.newer}>
              {attemptName(newer, older)}
            </th>
            <th scope="col">Difference</th>
          </tr>
        </thead>
        <tbody>
          {compareAttempts(older, newer).map((line) => (
            <Line key={line.field} line={line} older={older} newer={newer} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Line({ line, older, newer }: { line: ComparedLine; older: AttemptRow; newer: AttemptRow }) {
  return (
    <tr data-marked={line.marked}>
      <th scope="row" className={classes.label}>
        {line.label}
      </th>
      <td className={classes.older}>
        <Value field={line.field} row={older} />
      </td>
      <td className={classes.newer}>
        <Value field={line.field} row={newer} />
      </td>
      <td className={classes.difference}>
        {line.marked && (
          <span className={classes.sign} aria-hidden="true">
            ≠
          </span>
        )}
        {line.difference ?? "the same"}
      </td>
    </tr>
  );
}

function Value({ field, row }: { field: ComparedField; row: AttemptRow }) {
  switch (field) {
    case "step":
      return row.shard === null ? row.step : `${row.step} ${row.shard + 1}`;
    case "try":
      return `${row.tryNumber} of ${row.maxAttempts}, round ${row.round}, run ${row.run}`;
    case "outcome":
      return <OutcomeMark outcome={row.outcome} />;
    case "error":
      return row.errorCode === null ? "–" : <ErrorText code={row.errorCode} message={row.errorMessage} />;
    case "took":
      return `${formatDuration(row.durationMs)}${row.finishedAt === null ? " so far" : ""}`;
    case "work":
      return row.workMs === null ? "–" : formatDuration(row.workMs);
    case "cost":
      return <MoneyText nanoUsd={row.costNanoUsd} />;
    case "deployment":
      return row.deployment;
    case "message":
      return <CopiedId label="message" id={row.messageId} bare />;
    case "started":
      return <ExactMoment at={row.startedAt} />;
  }
}
