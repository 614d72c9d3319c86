"use client";

import { Select, VisuallyHidden } from "@mantine/core";
import Link from "next/link";
import type { FileView, RunView } from "../../pipeline/files/file-view.ts";
import { formatExact } from "../format/moment.ts";
import { PageHead } from "../page/page-head.tsx";
import { useNow } from "../shell/now.tsx";
import { stateWords } from "../status/state-words.ts";
import { StatusMark } from "../status/status-mark.tsx";
import { useTimeChoice } from "../time/time-zone.tsx";
import classes from "./file-head.module.css";
import { headlineOf } from "./headline.model.ts";
import { RequeueButton } from "./requeue/requeue-button.tsx";

/** The name, the state, and the sentence that says how it came to that. */
export function FileHead(props: {
  file: FileView;
  run: RunView;
  readAtMs: number;
  onRun: (number: number) => void;
}) {
  const { file, run } = props;
  const now = useNow();
  const { timeZone } = useTimeChoice();
  const hold = run.status === "held" ? (run.steps.find(({ state }) => state === "held")?.hold ?? null) : null;
  return (
    <PageHead
      crumbs={[
        { label: "Files", href: "/files" },
        { label: file.project, href: `/files?project=${encodeURIComponent(file.project)}` },
      ]}
      title={file.name}
      mark={<StatusMark state={run.status} />}
      readAtMs={props.readAtMs}
      actions={
        <>
          {file.runHistory.length > 1 && (
            <Select
              aria-label="Run"
              className={classes.run ?? ""}
              allowDeselect={false}
              data={file.runHistory.map(({ number, createdAt }) => ({
                value: String(number),
                label: `Run ${number} of ${file.runs}, ${formatExact(createdAt, timeZone).slice(0, 16)}`,
              }))}
              value={String(run.number)}
              onChange={(number) => number !== null && props.onRun(Number(number))}
            />
          )}
          <RequeueButton file={file} onRun={props.onRun} />
        </>
      }
    >
      <p className={classes.sentence} data-status={run.status}>
        {headlineOf(file, run, now)}
        {hold !== null && (
          <>
            {" "}
            <Link href={`/budgets?budget=${encodeURIComponent(hold.budgetId)}`}>Open the budget</Link>
          </>
        )}
      </p>
      {/* The sentence moves on each second: to be read aloud is only that its state has changed. */}
      <VisuallyHidden role="status">
        Run {run.number} {stateWords[run.status].toLowerCase()}
      </VisuallyHidden>
    </PageHead>
  );
}
