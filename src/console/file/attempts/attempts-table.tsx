"use client";

import Link from "next/link";
import { CopiedId } from "../../format/copied-id.tsx";
import { formatDuration } from "../../format/duration.ts";
import { MomentText } from "../../format/moment-text.tsx";
import { MoneyText } from "../../format/money-text.tsx";
import sheet from "../sheet.module.css";
import { AttemptPick } from "./attempt-pick.tsx";
import { type AttemptRow, attemptName } from "./attempts.model.ts";
import classes from "./attempts-table.module.css";
import { ErrorText } from "./error-text.tsx";
import { OutcomeMark } from "./outcome-mark.tsx";

/** Attempts as a table: how each ended, how long it took, what it cost. */
export function AttemptsTable(props: {
  fileId: string;
  rows: readonly AttemptRow[];
  /** Ids; null when there is nothing to compare with. */
  chosen: readonly string[] | null;
  onChoose: (id: string) => void;
}) {
  return (
    <section className={sheet.scroll} aria-label="Attempts, newest first">
      <table className={`${sheet.sheet} ${classes.attempts}`}>
        <thead>
          <tr>
            <th>
              <span className={sheet.spoken}>Compare</span>
            </th>
            <th>Step</th>
            <th>Attempt</th>
            <th>Outcome</th>
            <th className={sheet.number}>Took</th>
            <th className={sheet.number}>Work</th>
            <th className={sheet.number}>Cost</th>
            <th className={sheet.number}>Started</th>
            <th>Message</th>
            <th>Deployment</th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <Attempt
              key={row.id}
              fileId={props.fileId}
              row={row}
              chosen={props.chosen?.includes(row.id) ?? null}
              onChoose={() => props.onChoose(row.id)}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Attempt(props: { fileId: string; row: AttemptRow; chosen: boolean | null; onChoose: () => void }) {
  const { row } = props;
  return (
    <tr data-chosen={props.chosen === true}>
      <td className={classes.pick}>
        {props.chosen !== null && (
          <AttemptPick name={attemptName(row)} chosen={props.chosen} onChoose={props.onChoose} />
        )}
      </td>
      <td className={`${sheet.tight} ${classes.name}`}>
        <b className={classes.step}>{row.step}</b>
        {row.shard !== null && <span className={sheet.quiet}> {row.shard + 1}</span>}
      </td>
      <td className={`${classes.number} ${sheet.quiet}`}>
        {row.tryNumber} of {row.maxAttempts}
        {row.round > 1 && <span className={classes.round}> round {row.round}</span>}
      </td>
      <td className={classes.outcome}>
        <OutcomeMark outcome={row.outcome} />
        {row.errorCode !== null && <ErrorText code={row.errorCode} message={row.errorMessage} />}
      </td>
      <td className={`${sheet.number} ${classes.took}`}>
        <Link
          className={classes.span}
          href={`/files/${props.fileId}?run=${row.run}&tab=trace&span=${row.spanId}`}
          scroll={false}
          title="Show it in the trace"
        >
          {formatDuration(row.durationMs)}
        </Link>
      </td>
      <td className={`${sheet.number} ${sheet.quiet} ${classes.work}`}>
        {row.workMs === null ? "–" : formatDuration(row.workMs)}
      </td>
      <td className={`${sheet.number} ${classes.cost}`}>
        <MoneyText nanoUsd={row.costNanoUsd} />
      </td>
      <td className={`${sheet.number} ${sheet.quiet} ${classes.started}`}>
        <MomentText at={row.startedAt} />
      </td>
      <td className={classes.message}>
        <CopiedId label="message" id={row.messageId} bare />
        {row.retried > 0 && <div className={sheet.quiet}>QStash retry {row.retried}</div>}
      </td>
      <td className={`${classes.deployment} ${sheet.quiet}`} title={row.deployment}>
        {row.deployment}
      </td>
    </tr>
  );
}
