"use client";

import { Skeleton } from "@mantine/core";
import Link from "next/link";
import type { RequeueSummary } from "../../../triage/requeues/requeue-view.ts";
import { formatCount } from "../../format/count.ts";
import { MomentText } from "../../format/moment-text.tsx";
import { MoneyText } from "../../format/money-text.tsx";
import { rowLink } from "../../shell/row-focus.ts";
import list from "../../table/list-table.module.css";
import { endedOf } from "../progress.model.ts";
import { ProgressBar } from "../progress-bar.tsx";
import { RequeueMark } from "../requeue-mark.tsx";
import classes from "./requeues-table.module.css";

function Head() {
  return (
    <thead>
      <tr>
        <th className={classes.state}>State</th>
        <th>Name</th>
        <th className={classes.progress}>Progress</th>
        <th className={`${classes.count} ${list.number} ${list.wide}`}>Files</th>
        <th className={`${classes.count} ${list.number} ${list.wide}`}>Succeeded</th>
        <th className={`${classes.count} ${list.number} ${list.wide}`}>Failed again</th>
        <th className={`${classes.money} ${list.number} ${list.wide}`}>Cost</th>
        <th className={`${classes.age} ${list.number}`}>Asked for</th>
      </tr>
    </thead>
  );
}

/** A page of requeues; each row is one link. */
export function RequeuesTable(props: { requeues: readonly RequeueSummary[]; dimmed: boolean }) {
  return (
    <table
      className={`${list.table} ${classes.requeues}`}
      data-dimmed={props.dimmed}
      aria-busy={props.dimmed}
    >
      <caption className={list.spoken}>Requeues, newest first</caption>
      <Head />
      <tbody>
        {props.requeues.map((requeue) => (
          <Row key={requeue.id} requeue={requeue} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ requeue }: { requeue: RequeueSummary }) {
  const { counts } = requeue;
  return (
    <tr className={`${list.row} ${classes.requeue}`}>
      <td className={classes.state}>
        <RequeueMark state={requeue.state} />
      </td>
      <td className={classes.name}>
        <Link
          href={`/requeues/${encodeURIComponent(requeue.id)}`}
          className={list.link}
          title={requeue.name}
          {...rowLink}
        >
          {requeue.name}
        </Link>
        <p className={list.below}>by {requeue.by}</p>
      </td>
      <td className={classes.progress}>
        <ProgressBar counts={counts} slim />
        <p className={list.below}>
          {formatCount(endedOf(counts))} of {formatCount(counts.total)}
        </p>
      </td>
      <td className={`${classes.count} ${list.number} ${list.wide}`}>{formatCount(counts.total)}</td>
      <td className={`${classes.count} ${list.number} ${list.wide}`}>{formatCount(counts.succeeded)}</td>
      <td
        className={`${classes.count} ${list.number} ${list.wide} ${classes.failed}`}
        data-some={counts.failed > 0}
      >
        {formatCount(counts.failed)}
      </td>
      <td className={`${classes.money} ${list.number} ${list.wide}`}>
        <MoneyText nanoUsd={requeue.costNanoUsd} />
      </td>
      <td className={`${classes.age} ${list.number} ${list.quiet}`}>
        <MomentText at={requeue.createdAt} />
      </td>
    </tr>
  );
}

const rows = Array.from({ length: 8 }, (_, at) => ({ key: at, width: `${35 + ((at * 37) % 45)}%` }));

/** The list while it is read for the first time: same head, same row height. */
export function RequeuesTableSkeleton() {
  return (
    <table className={`${list.table} ${classes.requeues}`} aria-busy="true">
      <caption className={list.spoken}>The requeues are being read</caption>
      <Head />
      <tbody>
        {rows.map(({ key, width }) => (
          <tr key={key} className={`${list.row} ${classes.requeue}`}>
            <td className={classes.state}>
              <Skeleton height={12} my={4} width={72} />
            </td>
            <td className={classes.name}>
              <Skeleton height={12} my={4} width={width} />
              <Skeleton height={10} my={4} width="25%" />
            </td>
            <td className={classes.progress}>
              <Skeleton height={6} my={7} />
            </td>
            <td className={list.wide} colSpan={4} />
            <td className={classes.age}>
              <Skeleton height={12} my={4} ml="auto" width={44} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
