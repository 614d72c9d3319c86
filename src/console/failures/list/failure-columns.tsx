import type { FailureSummary } from "../../../triage/failures/failure-view.ts";
import { formatCount, formatCounted } from "../../format/count.ts";
import { MomentText } from "../../format/moment-text.tsx";
import { MoneyText } from "../../format/money-text.tsx";
import list from "../../list/list-table.module.css";
import type { Column } from "../../list/list-table.tsx";
import { RowLink, RowNote } from "../../list/row-link.tsx";
import { useNow } from "../../shell/now.tsx";
import { useTimeChoice } from "../../time/time-zone.tsx";
import { FailureMark } from "../failure-mark.tsx";
import { HoursBars } from "../hours-bars.tsx";
import { stateNote } from "../state-words.ts";
import classes from "./failure-columns.module.css";
import { causeOf } from "./failures.model.ts";

/** What the list says of a failure group. */
export const failureColumns: readonly Column<FailureSummary>[] = [
  { head: "State", width: "7.5rem", cell: ({ state }) => <FailureMark state={state} /> },
  {
    head: "Cause",
    narrow: "line",
    cell: (group) => (
      <div className={classes.cause}>
        <RowLink href={`/failures/${encodeURIComponent(group.id)}`} text={group.message} />
        <RowNote>
          <StateNote group={group} />
          {causeOf(group)}
        </RowNote>
      </div>
    ),
  },
  {
    head: "Last 24 hours",
    width: "8.5rem",
    narrow: "roomy",
    cell: ({ hours, message }) => <HoursBars hours={hours} label={message} />,
  },
  { head: "Standing", width: "5.25rem", number: true, cell: (group) => <Standing group={group} /> },
  {
    head: "Files",
    width: "4rem",
    number: true,
    quiet: true,
    narrow: "hidden",
    cell: ({ files }) => formatCount(files),
  },
  {
    head: "Failures",
    width: "5rem",
    number: true,
    quiet: true,
    narrow: "hidden",
    cell: ({ failures }) => formatCount(failures),
  },
  {
    head: "Wasted",
    width: "6rem",
    number: true,
    narrow: "roomy",
    cell: ({ wastedNanoUsd }) => <MoneyText nanoUsd={wastedNanoUsd} />,
  },
  {
    head: "First seen",
    width: "6rem",
    number: true,
    quiet: true,
    narrow: "roomy",
    cell: ({ firstSeenAt }) => <MomentText at={firstSeenAt} />,
  },
  {
    head: "Last seen",
    width: "6rem",
    number: true,
    quiet: true,
    cell: ({ lastSeenAt }) => <MomentText at={lastSeenAt} />,
  },
];

function StateNote({ group }: { group: FailureSummary }) {
  const note = stateNote(group, { now: useNow(), timeZone: useTimeChoice().timeZone });
  return note === null ? null : <span className={classes.note}>{note} · </span>;
}

function Standing({ group: { standing } }: { group: FailureSummary }) {
  return (
    <>
      <b className={classes.standing} data-none={standing === 0}>
        {formatCount(standing)}
      </b>
      <span className={list.spoken}> {formatCounted(standing, "file")} stand failed</span>
    </>
  );
}
