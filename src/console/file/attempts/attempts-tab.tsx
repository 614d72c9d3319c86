"use client";

import { Button } from "@mantine/core";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import type { FileView, RunView } from "../../../pipeline/files/file-view.ts";
import type { StepName } from "../../../pipeline/graph.ts";
import { useNow } from "../../shell/now.tsx";
import { EmptyState } from "../../states/empty-state.tsx";
import sheet from "../sheet.module.css";
import { attemptName, attemptRows, chosenRows } from "./attempts.model.ts";
import { attemptsState } from "./attempts-state.ts";
import { AttemptsTable } from "./attempts-table.tsx";
import { chooseAttempt } from "./choose-attempt.ts";
import { AttemptComparison } from "./compare/attempt-comparison.tsx";

const rowsAtOnce = 100;

/** Every attempt of the run, newest first; any two of the file's attempts side by side. */
export function AttemptsTab(props: {
  file: FileView;
  run: RunView;
  step: StepName | null;
  onEveryStep: () => void;
}) {
  const [shown, setShown] = useState(rowsAtOnce);
  const [{ compare }, setState] = useQueryStates(attemptsState);
  const now = useNow();
  const rows = attemptRows(props.run, props.step, now);
  const [first, second] = chosenRows(props.file, compare, now);
  return (
    <>
      {first && second && (
        <AttemptComparison older={first} newer={second} onClose={() => void setState({ compare: null })} />
      )}
      <p className={sheet.note} role="status">
        {first && second
          ? `Compared: ${attemptName(first, second)} and ${attemptName(second, first)}.`
          : null}
        {first && !second && `Choose another one to compare it with ${attemptName(first)}.`}
        {!first && rows.length > 1 && "Choose two to see them side by side."}
        {props.step !== null && (
          <>
            {" "}
            Attempts of <b>{props.step}</b> alone.{" "}
            <Button variant="subtle" size="compact-xs" onClick={props.onEveryStep}>
              Show every step
            </Button>
          </>
        )}
      </p>
      {rows.length === 0 ? (
        <EmptyState title="No attempt yet" text="The first one appears here when a worker takes the step." />
      ) : (
        <AttemptsTable
          fileId={props.file.id}
          rows={rows.slice(0, shown)}
          chosen={props.file.attempts > 1 ? compare : null}
          onChoose={(id) => void setState({ compare: chooseAttempt(compare, id) })}
        />
      )}
      {rows.length > shown && (
        <Button variant="default" className={sheet.more ?? ""} onClick={() => setShown(shown + rowsAtOnce)}>
          Show {Math.min(rowsAtOnce, rows.length - shown)} more of {rows.length}
        </Button>
      )}
    </>
  );
}
