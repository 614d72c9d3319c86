"use client";

import type { QueueStep } from "../../triage/queue/queue-steps-view.ts";
import { MomentText } from "../format/moment-text.tsx";
import type { Column } from "../list/list-table.tsx";
import { PagedTable } from "../list/paged-list.tsx";
import { RowLink, RowNote } from "../list/row-link.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { useNow } from "../shell/now.tsx";
import { attemptsText, standOf, stepText, untilText } from "./queue.model.ts";
import { stepsQuery } from "./queue.query.ts";
import { StageMark } from "./queue-mark.tsx";
import type { StepsFilter } from "./queue-state.ts";
import { StepsEmpty } from "./steps-empty.tsx";
import { StepsToolbar } from "./steps-toolbar.tsx";

const file: Column<QueueStep> = {
  head: "File",
  narrow: "lead",
  cell: (step) => (
    <>
      <RowLink href={`/files/${encodeURIComponent(step.fileId)}?tab=messages`} text={step.fileName} />
      <Stand step={step} />
    </>
  ),
};
const step: Column<QueueStep> = { head: "Step", width: "7rem", quiet: true, cell: stepText };
const project: Column<QueueStep> = {
  head: "Project",
  width: "8rem",
  quiet: true,
  narrow: "roomy",
  cell: ({ project: slug }) => slug,
};
const made: Column<QueueStep> = { head: "Attempts", width: "9rem", quiet: true, cell: attemptsText };

const since: Column<QueueStep> = {
  head: "Since",
  width: "6.5rem",
  number: true,
  quiet: true,
  cell: ({ since: at }) => <MomentText at={at} />,
};

const columns = {
  "in-flight": [
    { head: "Stage", width: "9rem", narrow: "lead", cell: ({ stage }) => <StageMark stage={stage} /> },
    file,
    step,
    project,
    made,
    since,
  ],
  delayed: [
    {
      head: "Next attempt",
      width: "9rem",
      narrow: "lead",
      cell: ({ nextAttemptAt }) => <Until at={nextAttemptAt} />,
    },
    file,
    step,
    project,
    made,
    since,
  ],
} as const satisfies Record<string, readonly Column<QueueStep>[]>;

const captions = {
  "in-flight": "Steps in flight, the one that has waited longest first",
  delayed: "Steps that are delivered later, the next one first",
} as const;

/** Steps with a message: those in flight, or those that are delivered later. */
export function StepsTab(props: {
  list: keyof typeof columns;
  filter: StepsFilter;
  onChange: (change: Partial<StepsFilter>) => void;
}) {
  const { list, filter, onChange } = props;
  const steps = useLiveQuery(stepsQuery(list, filter));
  return (
    <>
      <StepsToolbar
        list={list}
        filter={filter}
        onChange={(change) => onChange({ ...change, cursor: null })}
      />
      <PagedTable
        caption={captions[list]}
        columns={columns[list]}
        keyOf={({ stepId }) => stepId}
        read={steps}
        failed="The steps could not be read"
        empty={
          <StepsEmpty
            list={list}
            narrowed={filter.step !== "" || filter.project !== "" || filter.cursor !== null}
            onWiden={() => onChange({ step: "", project: "", cursor: null })}
          />
        }
        words={["step", "steps"]}
        first="oldest"
        cursor={filter.cursor}
        onCursor={(cursor) => onChange({ cursor })}
      />
    </>
  );
}

function Stand({ step: at }: { step: QueueStep }) {
  return <RowNote>{standOf(at, useNow())}</RowNote>;
}

function Until({ at }: { at: string | null }) {
  const text = untilText(at, useNow());
  return at === null ? text : <time dateTime={at}>{text}</time>;
}
