"use client";

import { Fragment } from "react";
import type { AuditEntryView } from "../../triage/audit/audit-view.ts";
import folding from "../budgets/folding-table.module.css";
import { FoldingTableSkeleton } from "../budgets/folding-table-skeleton.tsx";
import { useInSight } from "../budgets/use-in-sight.ts";
import { AuditDetail } from "./audit-detail.tsx";
import { AuditRow } from "./audit-row.tsx";
import classes from "./audit-table.module.css";

function Head() {
  return (
    <thead>
      <tr>
        <th className={classes.time}>When</th>
        <th className={classes.who}>Who</th>
        <th className={classes.what}>What</th>
        <th className={classes.why}>Why</th>
        <th className={classes.from}>From where</th>
      </tr>
    </thead>
  );
}

/** A page of entries; one of them may be unfolded. */
export function AuditTable(props: {
  entries: readonly AuditEntryView[];
  dimmed: boolean;
  unfolded: string | null;
  onUnfold: (entryId: string | null) => void;
  onWho: (id: string) => void;
}) {
  const shown = useInSight<HTMLTableRowElement>();
  return (
    <table className={folding.table} data-dimmed={props.dimmed} aria-busy={props.dimmed}>
      <caption className={folding.spoken}>Entries of the audit log, newest first</caption>
      <Head />
      <tbody>
        {props.entries.map((entry) => {
          const unfolded = entry.id === props.unfolded;
          return (
            <Fragment key={entry.id}>
              <AuditRow
                entry={entry}
                unfolded={unfolded}
                shown={unfolded ? shown : null}
                onUnfold={() => props.onUnfold(unfolded ? null : entry.id)}
                onWho={() => props.onWho(entry.keyId)}
              />
              {unfolded && <AuditDetail entry={entry} />}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

const cells = [
  { className: classes.time, lines: [132] },
  { className: classes.who, lines: [64] },
  { className: classes.what, lines: ["text"] },
  { className: classes.why, lines: ["text"] },
  { className: classes.from, lines: [96] },
] as const;

/** The list while it is read for the first time. */
export function AuditTableSkeleton() {
  return <FoldingTableSkeleton caption="The entries are being read" head={<Head />} cells={cells} />;
}
