"use client";

import type { StuckStep } from "../../triage/stuck/stuck-view.ts";
import { MomentText } from "../format/moment-text.tsx";
import type { Column } from "../list/list-table.tsx";
import { RowLink } from "../list/row-link.tsx";
import { useNow } from "../shell/now.tsx";
import { standOf, stepText } from "./stuck.model.ts";
import { StuckActions, traceHref } from "./stuck-actions.tsx";
import classes from "./stuck-columns.module.css";
import { StuckMark } from "./stuck-mark.tsx";

/** What the list says of a stuck step; its row opens the file's trace. */
export const stuckColumns: readonly Column<StuckStep>[] = [
  { head: "Reason", width: "10.5rem", cell: ({ reason }) => <StuckMark reason={reason} /> },
  {
    head: "File",
    narrow: "line",
    cell: (step) => (
      <>
        <RowLink href={traceHref(step)} text={step.fileName} />
        <Stand step={step} />
      </>
    ),
  },
  { head: "Step", width: "6.5rem", quiet: true, narrow: "roomy", cell: stepText },
  { head: "Project", width: "8rem", quiet: true, narrow: "roomy", cell: ({ project }) => project },
  {
    head: "Since",
    width: "6.5rem",
    number: true,
    quiet: true,
    cell: ({ since }) => <MomentText at={since} />,
  },
  {
    head: "What can be done",
    width: "15.5rem",
    deeds: true,
    narrow: "line",
    cell: (step) => <StuckActions step={step} />,
  },
];

function Stand({ step }: { step: StuckStep }) {
  return (
    <p className={classes.stand}>
      <span className={classes.narrow}>{stepText(step)} · </span>
      {standOf(step, useNow())}
    </p>
  );
}
