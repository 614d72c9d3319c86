"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import type { RunView } from "../../../pipeline/files/file-view.ts";
import type { StepName } from "../../../pipeline/graph.ts";
import { CopiedId } from "../../format/copied-id.tsx";
import { formatDuration } from "../../format/duration.ts";
import { MomentText } from "../../format/moment-text.tsx";
import { MoneyText } from "../../format/money-text.tsx";
import { useNow } from "../../shell/now.tsx";
import { EmptyState } from "../../states/empty-state.tsx";
import sheet from "../sheet.module.css";
import { type AttemptRow, attemptRows } from "./attempts.model.ts";
import classes from "./attempts-tab.module.css";
import { OutcomeMark } from "./outcome-mark.tsx";

const rowsAtOnce = 100;

/** Every attempt of the run, newest first: how it ended, how long it took, what it cost. */
export function AttemptsTab(props: { run: RunView; step: StepName | null; onEveryStep: () => void }) {
  const [shown, setShown] = useState(rowsAtOnce);
  const rows = attemptRows(props.run, props.step, useNow());
  return (
    <>
      {props.step !== null && (
        <p className={sheet.note}>
          Attempts of <b>{props.step}</b> alone.{" "}
          <Button variant="subtle" size="compact-xs" onClick={props.onEveryStep}>
            Show every step
          </Button>
        </p>
      )}
      {rows.length === 0 ? (
        <EmptyState title="No attempt yet" text="The first one appears here when a worker takes the step." />
      ) : (
        <AttemptsTable rows={rows.slice(0, shown)} />
      )}
      {rows.length > shown && (
        <Button variant="default" className={sheet.more ?? ""} onClick={() => setShown(shown + rowsAtOnce)}>
          Show {Math.min(rowsAtOnce, rows.length - shown)} more of {rows.length}
        </Button>
      )}
    </>
  );
}

function AttemptsTable({ rows }: { rows: readonly AttemptRow[] }) {
  return (
    <section className={sheet.scroll} aria-label="Attempts, newest first">
      <table className={`${sheet.sheet} ${classes.attempts}`}>
        <thead>
          <tr>
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
          {rows.map((row) => (
            <Attempt key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Attempt({ row }: { row: AttemptRow }) {
  return (
    <tr>
      <td className={`${sheet.tight} ${classes.name}`}>
        <b className={classes.step}>{row.step}</b>
        {row.shard !== null && <span className={sheet.quiet}> {row.shard + 1}</span>}
      </td>
      <td className={`${classes.number} ${sheet.quiet}`}>
        {row.number} of {row.maxAttempts}
      </td>
      <td className={classes.outcome}>
        <OutcomeMark outcome={row.outcome} />
        {row.errorCode !== null && (
          <p className={classes.error}>
            {row.errorMessage} <code>{row.errorCode}</code>
          </p>
        )}
      </td>
      <td className={`${sheet.number} ${classes.took}`}>{formatDuration(row.durationMs)}</td>
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
