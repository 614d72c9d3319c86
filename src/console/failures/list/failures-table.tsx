"use client";

import Link from "next/link";
import type { FailureSummary } from "../../../triage/failures/failure-view.ts";
import { formatCount, formatCounted } from "../../format/count.ts";
import { MomentText } from "../../format/moment-text.tsx";
import { MoneyText } from "../../format/money-text.tsx";
import { rowLink } from "../../shell/row-focus.ts";
import list from "../../table/list-table.module.css";
import { FailureMark } from "../failure-mark.tsx";
import { HoursBars } from "../hours-bars.tsx";
import { causeOf } from "./failures.model.ts";
import classes from "./failures-table.module.css";

/** The head of the list; its columns hold for the rows and for the skeleton. */
export function FailuresTableHead() {
  return (
    <thead>
      <tr>
        <th className={classes.state}>State</th>
        <th>Cause</th>
        <th className={`${classes.bars} ${list.wide}`}>Last 24 hours</th>
        <th className={`${classes.count} ${list.number}`}>Standing</th>
        <th className={`${classes.count} ${list.number} ${list.wide}`}>Files</th>
        <th className={`${classes.count} ${list.number} ${list.wide}`}>Failures</th>
        <th className={`${classes.money} ${list.number} ${list.wide}`}>Wasted</th>
        <th className={`${classes.age} ${list.number} ${list.wide}`}>First seen</th>
        <th className={`${classes.age} ${list.number}`}>Last seen</th>
      </tr>
    </thead>
  );
}

/** A page of failure groups; each row is one link. */
export function FailuresTable({ groups, dimmed }: { groups: readonly FailureSummary[]; dimmed: boolean }) {
  return (
    <table className={`${list.table} ${classes.groups}`} data-dimmed={dimmed} aria-busy={dimmed}>
      <caption className={list.spoken}>Failure groups</caption>
      <FailuresTableHead />
      <tbody>
        {groups.map((group) => (
          <FailureRow key={group.id} group={group} />
        ))}
      </tbody>
    </table>
  );
}

function FailureRow({ group }: { group: FailureSummary }) {
  return (
    <tr className={`${list.row} ${classes.group}`}>
      <td className={classes.state}>
        <FailureMark state={group.state} />
      </td>
      <td className={classes.cause}>
        <Link
          href={`/failures/${encodeURIComponent(group.id)}`}
          className={list.link}
          title={group.message}
          {...rowLink}
        >
          {group.message}
        </Link>
        <p className={list.below}>{causeOf(group)}</p>
      </td>
      <td className={`${classes.bars} ${list.wide}`}>
        <HoursBars hours={group.hours} label={group.message} />
      </td>
      <td className={`${classes.count} ${list.number}`}>
        <b className={classes.standing} data-none={group.standing === 0}>
          {formatCount(group.standing)}
        </b>
        <span className={list.spoken}> {formatCounted(group.standing, "file")} stand failed</span>
      </td>
      <td className={`${classes.count} ${list.number} ${list.wide} ${list.quiet}`}>
        {formatCount(group.files)}
      </td>
      <td className={`${classes.count} ${list.number} ${list.wide} ${list.quiet}`}>
        {formatCount(group.failures)}
      </td>
      <td className={`${classes.money} ${list.number} ${list.wide}`}>
        <MoneyText nanoUsd={group.wastedNanoUsd} />
      </td>
      <td className={`${classes.age} ${list.number} ${list.wide} ${list.quiet}`}>
        <MomentText at={group.firstSeenAt} />
      </td>
      <td className={`${classes.age} ${list.number} ${list.quiet}`}>
        <MomentText at={group.lastSeenAt} />
      </td>
    </tr>
  );
}
