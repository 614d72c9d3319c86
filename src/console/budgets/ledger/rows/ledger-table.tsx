"use client";

import { Fragment } from "react";
import type { LedgerEntryView } from "../../../../costs/ledger/ledger-view.ts";
import folding from "../../folding-table.module.css";
import { useInSight } from "../../use-in-sight.ts";
import { EntryDetail } from "./entry-detail.tsx";
import { EntryRow } from "./entry-row.tsx";
import classes from "./ledger-table.module.css";

/** The head of the list; its columns hold for the rows and for the skeleton. */
export function LedgerTableHead() {
  return (
    <thead>
      <tr>
        <th className={classes.time}>Time</th>
        <th className={classes.what}>What for</th>
        <th className={classes.file}>File</th>
        <th className={classes.quantity}>Quantity</th>
        <th className={classes.price}>Unit price</th>
        <th className={classes.amount}>Amount</th>
      </tr>
    </thead>
  );
}

/** A page of entries; one of them may be unfolded. */
export function LedgerTable(props: {
  entries: readonly LedgerEntryView[];
  dimmed: boolean;
  unfolded: string | null;
  onUnfold: (entryId: string | null) => void;
}) {
  const shown = useInSight<HTMLTableRowElement>();
  return (
    <table className={folding.table} data-dimmed={props.dimmed} aria-busy={props.dimmed}>
      <caption className={folding.spoken}>Entries of the ledger, newest first</caption>
      <LedgerTableHead />
      <tbody>
        {props.entries.map((entry) => {
          const unfolded = entry.id === props.unfolded;
          return (
            <Fragment key={entry.id}>
              <EntryRow
                entry={entry}
                unfolded={unfolded}
                shown={unfolded ? shown : null}
                onUnfold={() => props.onUnfold(unfolded ? null : entry.id)}
              />
              {unfolded && <EntryDetail entry={entry} />}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}
