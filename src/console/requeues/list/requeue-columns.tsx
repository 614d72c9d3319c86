import type { RequeueSummary } from "../../../triage/requeues/requeue-view.ts";
import { formatCount } from "../../format/count.ts";
import { MomentText } from "../../format/moment-text.tsx";
import { MoneyText } from "../../format/money-text.tsx";
import type { Column } from "../../list/list-table.tsx";
import { RowLink, RowNote } from "../../list/row-link.tsx";
import { endedOf } from "../progress.model.ts";
import { ProgressBar } from "../progress-bar.tsx";
import { RequeueMark } from "../requeue-mark.tsx";
import classes from "./requeue-columns.module.css";

/** What the list says of a requeue. */
export const requeueColumns: readonly Column<RequeueSummary>[] = [
  { head: "State", width: "7.5rem", cell: ({ state }) => <RequeueMark state={state} /> },
  {
    head: "Name",
    narrow: "line",
    cell: ({ id, name, by }) => (
      <>
        <RowLink href={`/requeues/${encodeURIComponent(id)}`} text={name} />
        <RowNote>by {by}</RowNote>
      </>
    ),
  },
  {
    head: "Progress",
    width: "11rem",
    narrow: "line",
    cell: ({ counts }) => (
      <div className={classes.progress}>
        <ProgressBar counts={counts} slim />
        <RowNote>
          {formatCount(endedOf(counts))} of {formatCount(counts.total)}
        </RowNote>
      </div>
    ),
  },
  {
    head: "Files",
    width: "6.25rem",
    number: true,
    narrow: "hidden",
    cell: ({ counts }) => formatCount(counts.total),
  },
  {
    head: "Succeeded",
    width: "6.25rem",
    number: true,
    narrow: "hidden",
    cell: ({ counts }) => formatCount(counts.succeeded),
  },
  {
    head: "Failed again",
    width: "6.25rem",
    number: true,
    narrow: "hidden",
    cell: ({ counts }) => (
      <span className={classes.failed} data-some={counts.failed > 0}>
        {formatCount(counts.failed)}
      </span>
    ),
  },
  {
    head: "Cost",
    width: "6.5rem",
    number: true,
    narrow: "hidden",
    cell: ({ costNanoUsd }) => <MoneyText nanoUsd={costNanoUsd} />,
  },
  {
    head: "Asked for",
    width: "6.5rem",
    number: true,
    quiet: true,
    cell: ({ createdAt }) => <MomentText at={createdAt} />,
  },
];
