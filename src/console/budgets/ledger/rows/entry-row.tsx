"use client";

import Link from "next/link";
import type { Ref } from "react";
import type { LedgerEntryView } from "../../../../costs/ledger/ledger-view.ts";
import { formatMoneyExactly, formatUnitPrice } from "../../../format/money.ts";
import folding from "../../folding-table.module.css";
import { UnfoldTime } from "../../unfold-time.tsx";
import { adjustedHref, amountText, marksOf, modelOf, quantityText, traceHref } from "./entry.model.ts";
import classes from "./ledger-table.module.css";

/** One entry. The row unfolds what else is known of it. */
export function EntryRow(props: {
  entry: LedgerEntryView;
  unfolded: boolean;
  /** Takes the row, to be scrolled to. */
  shown: Ref<HTMLTableRowElement>;
  onUnfold: () => void;
}) {
  const { entry, unfolded } = props;
  const model = modelOf(entry);
  return (
    <tr className={folding.row} ref={props.shown}>
      <td className={classes.time}>
        <UnfoldTime at={entry.at} unfolded={unfolded} onUnfold={props.onUnfold} />
      </td>
      <td className={classes.what}>
        <div className={classes.step}>{entry.step}</div>
        <div className={classes.quiet}>
          {entry.meter}
          {model !== null && ` · ${model}`}
        </div>
        <Marks entry={entry} />
      </td>
      <td className={classes.file}>
        <Owner entry={entry} />
      </td>
      <td className={classes.quantity}>{quantityText(entry) ?? <Dash />}</td>
      <td className={classes.price}>{formatUnitPrice(entry.unitNanoUsd, entry.unit)}</td>
      <td className={classes.amount} title={formatMoneyExactly(entry.nanoUsd)}>
        {amountText(entry)}
      </td>
    </tr>
  );
}

function Marks({ entry }: { entry: LedgerEntryView }) {
  const marks = marksOf(entry);
  if (marks.length === 0) return null;
  const adjusted = adjustedHref(entry);
  return (
    <ul className={classes.marks}>
      {marks.map(({ kind, text, sentence }) => (
        <li key={kind} className={classes.mark} data-kind={kind} title={sentence}>
          {kind === "adjusts" && adjusted !== null ? <Link href={adjusted}>{text}</Link> : text}
        </li>
      ))}
    </ul>
  );
}

function Owner({ entry }: { entry: LedgerEntryView }) {
  const run = traceHref(entry, "run");
  const attempt = traceHref(entry, "attempt");
  if (entry.fileId === null) {
    if (entry.project !== null) return <span className={classes.quiet}>{entry.project}</span>;
    return <span className={`${classes.quiet} ${classes.nobody}`}>no project</span>;
  }
  return (
    <>
      <Link
        className={classes.name}
        href={`/files/${encodeURIComponent(entry.fileId)}`}
        title={entry.fileName ?? ""}
      >
        {entry.fileName ?? "a file that is gone"}
      </Link>
      <div className={classes.owner}>
        {entry.project}
        {run !== null && (
          <>
            {" · "}
            <Link href={run}>run {entry.run}</Link>
          </>
        )}
        {attempt !== null && (
          <>
            {" · "}
            <Link href={attempt}>attempt {entry.attempt}</Link>
          </>
        )}
      </div>
    </>
  );
}

function Dash() {
  return (
    <>
      <span aria-hidden="true">–</span>
      <span className={folding.spoken}>none</span>
    </>
  );
}
