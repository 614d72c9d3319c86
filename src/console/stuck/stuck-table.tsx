"use client";

import Link from "next/link";
import type { StuckStep } from "../../triage/stuck/stuck-view.ts";
import { MomentText } from "../format/moment-text.tsx";
import { useNow } from "../shell/now.tsx";
import { rowLink } from "../shell/row-focus.ts";
import list from "../table/list-table.module.css";
import { standOf, stepText } from "./stuck.model.ts";
import { StuckActions, traceHref } from "./stuck-actions.tsx";
import { StuckMark } from "./stuck-mark.tsx";
import classes from "./stuck-table.module.css";

/** The head of the list; its columns hold for the rows and for the skeleton. */
export function StuckTableHead() {
  return (
    <thead>
      <tr>
        <th className={classes.reason}>Reason</th>
        <th>File</th>
        <th className={`${classes.step} ${list.wide}`}>Step</th>
        <th className={`${classes.project} ${list.wide}`}>Project</th>
        <th className={`${classes.age} ${list.number}`}>Since</th>
        <th className={classes.actions}>
          <span className={list.spoken}>What can be done</span>
        </th>
      </tr>
    </thead>
  );
}

/** A page of stuck steps; each row is one link, to the file's trace. */
export function StuckTable({ steps, dimmed }: { steps: readonly StuckStep[]; dimmed: boolean }) {
  return (
    <table className={`${list.table} ${classes.stuck}`} data-dimmed={dimmed} aria-busy={dimmed}>
      <caption className={list.spoken}>Stuck steps, the first that was queued first</caption>
      <StuckTableHead />
      <tbody>
        {steps.map((step) => (
          <StuckRow key={step.stepId} step={step} />
        ))}
      </tbody>
    </table>
  );
}

function StuckRow({ step }: { step: StuckStep }) {
  const stand = standOf(step, useNow());
  return (
    <tr className={`${list.row} ${classes.one}`}>
      <td className={classes.reason}>
        <StuckMark reason={step.reason} />
      </td>
      <td className={classes.file}>
        <Link href={traceHref(step)} className={list.link} title={step.fileName} {...rowLink}>
          {step.fileName}
        </Link>
        <p className={classes.stand}>
          <span className={classes.narrowStep}>{stepText(step)} · </span>
          {stand}
        </p>
      </td>
      <td className={`${classes.step} ${list.wide} ${list.quiet}`}>{stepText(step)}</td>
      <td className={`${classes.project} ${list.wide} ${list.quiet}`}>{step.project}</td>
      <td className={`${classes.age} ${list.number} ${list.quiet}`}>
        <MomentText at={step.since} />
      </td>
      <td className={`${classes.actions} ${list.above}`}>
        <StuckActions step={step} />
      </td>
    </tr>
  );
}
