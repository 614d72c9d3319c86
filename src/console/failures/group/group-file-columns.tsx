import { poisonAfter } from "../../../db/failure-states.ts";
import type { FailedFile } from "../../../triage/failures/failure-view.ts";
import { formatBytes, formatCount } from "../../format/count.ts";
import { MomentText } from "../../format/moment-text.tsx";
import type { Column } from "../../list/list-table.tsx";
import { FileRowLink, RowNote } from "../../list/row-link.tsx";
import classes from "./group-files.module.css";

const poisonSentence = `It has failed so ${poisonAfter} times in a row or more: another try will hardly help.`;

/** What the list says of a group's file. */
export const groupFileColumns: readonly Column<FailedFile>[] = [
  {
    head: "Name",
    narrow: "lead",
    cell: ({ fileId, name, standing, status }) => (
      <>
        <FileRowLink fileId={fileId} name={name} />
        {!standing && <RowNote>has gone on since: {status}</RowNote>}
      </>
    ),
  },
  { head: "Project", width: "9rem", quiet: true, cell: ({ project }) => project },
  {
    head: "Size",
    width: "5.5rem",
    number: true,
    quiet: true,
    narrow: "hidden",
    cell: ({ bytes }) => formatBytes(bytes),
  },
  {
    head: "In a row",
    width: "6.5rem",
    number: true,
    cell: ({ poison, times }) => (
      <>
        {poison && (
          <span className={classes.poison} title={poisonSentence}>
            poison
          </span>
        )}
        <span className={classes.times}>{formatCount(times)}</span>
      </>
    ),
  },
  {
    head: "Failed",
    width: "6.5rem",
    number: true,
    quiet: true,
    cell: ({ lastFailedAt }) => <MomentText at={lastFailedAt} />,
  },
];
