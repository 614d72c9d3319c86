import Link from "next/link";
import type { RequeueFile } from "../../../triage/requeues/requeue-view.ts";
import { MomentText } from "../../format/moment-text.tsx";
import { MoneyText } from "../../format/money-text.tsx";
import list from "../../list/list-table.module.css";
import type { Column } from "../../list/list-table.tsx";
import { FileRowLink, RowNote } from "../../list/row-link.tsx";
import { exclusionWords } from "../exclusion-words.ts";
import { outcomeWords } from "../requeue-words.ts";
import classes from "./requeue-file-columns.module.css";

/** What the list says of a requeue's file. */
export const requeueFileColumns: readonly Column<RequeueFile>[] = [
  {
    head: "Name",
    narrow: "lead",
    cell: ({ fileId, name }) => <FileRowLink fileId={fileId} name={name} />,
  },
  { head: "Project", width: "9rem", quiet: true, narrow: "hidden", cell: ({ project }) => project ?? "–" },
  { head: "Outcome", width: "15rem", cell: (file) => <Outcome file={file} /> },
  {
    head: "Cost",
    width: "7rem",
    number: true,
    narrow: "hidden",
    cell: ({ costNanoUsd }) => <MoneyText nanoUsd={costNanoUsd} />,
  },
  {
    head: "Ended",
    width: "6.5rem",
    number: true,
    quiet: true,
    cell: ({ finishedAt }) => (finishedAt === null ? "–" : <MomentText at={finishedAt} />),
  },
];

function Outcome({ file }: { file: RequeueFile }) {
  return (
    <div className={classes.outcome} data-outcome={file.outcome}>
      {file.failedGroupId === null ? (
        outcomeWords[file.outcome]
      ) : (
        <Link href={`/failures/${encodeURIComponent(file.failedGroupId)}`} className={list.above}>
          {outcomeWords[file.outcome]}
        </Link>
      )}
      {file.canary && <span className={classes.canary}>, canary</span>}
      {file.skipped !== null && <RowNote>it {exclusionWords[file.skipped].one}</RowNote>}
    </div>
  );
}
