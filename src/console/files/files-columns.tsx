import type { FileSummary } from "../../pipeline/files/file-view.ts";
import { formatBytes, formatCount } from "../format/count.ts";
import { MomentText } from "../format/moment-text.tsx";
import { MoneyText } from "../format/money-text.tsx";
import list from "../list/list-table.module.css";
import type { Column } from "../list/list-table.tsx";
import { FileRowLink } from "../list/row-link.tsx";
import { StatusMark } from "../status/status-mark.tsx";
import { failureLine, measuresLine } from "./files.model.ts";
import classes from "./files-columns.module.css";

/** What the list says of a file. */
export const filesColumns: readonly Column<FileSummary>[] = [
  { head: "Status", width: "7rem", cell: ({ status }) => <StatusMark state={status} /> },
  { head: "Name", narrow: "line", cell: (file) => <Name file={file} /> },
  { head: "Project", width: "8rem", quiet: true, narrow: "roomy", cell: ({ project }) => project },
  measure("Size", ({ bytes }) => formatBytes(bytes)),
  measure("Pages", ({ pages }) => orDash(pages)),
  measure("Chunks", ({ chunks }) => orDash(chunks)),
  measure("Attempts", ({ attempts }) => formatCount(attempts)),
  {
    head: "Cost",
    width: "6.5rem",
    number: true,
    cell: ({ costNanoUsd }) => <MoneyText nanoUsd={costNanoUsd} />,
  },
  {
    head: "Added",
    width: "6rem",
    number: true,
    quiet: true,
    cell: ({ createdAt }) => <MomentText at={createdAt} />,
  },
];

/** A figure that stands in the line below the name where there is no room for its column. */
function measure(head: string, cell: Column<FileSummary>["cell"]): Column<FileSummary> {
  return { head, width: "5rem", number: true, quiet: true, narrow: "roomy", cell };
}

function Name({ file }: { file: FileSummary }) {
  const failure = failureLine(file);
  return (
    <>
      <FileRowLink fileId={file.id} name={file.name} />
      {failure && (
        <p className={classes.failure} data-status={file.status}>
          <b>{failure.step}</b> {failure.sentence}
        </p>
      )}
      <p className={classes.measures}>{measuresLine(file)}</p>
    </>
  );
}

function orDash(value: number | null) {
  if (value !== null) return formatCount(value);
  return (
    <span className={classes.unknown}>
      <span aria-hidden="true">–</span>
      <span className={list.spoken}>none</span>
    </span>
  );
}
