"use client";

import { useState } from "react";
import type { FindingClass } from "../../db/reconciliation-states.ts";
import type { ReconciliationView } from "../../triage/reconciliation/reconciliation-view.ts";
import { FigureTable } from "../budgets/costs/figure-table.tsx";
import { formatCount } from "../format/count.ts";
import { ExportMenu } from "../list/export-menu.tsx";
import { DeedButton } from "../me/deed-button.tsx";
import { classWords, foundText } from "./reconciliation.model.ts";
import classes from "./reconciliation.module.css";
import { RepairDialog } from "./repair-dialog.tsx";

/** How many findings of each class there are, with what puts them right. */
export function ClassTable(props: {
  run: ReconciliationView;
  chosen: FindingClass | null;
  onChoose: (name: FindingClass | null) => void;
}) {
  const { run, chosen, onChoose } = props;
  const [repairing, setRepairing] = useState<FindingClass | null>(null);
  const open = run.classes.find((one) => one.class === repairing)?.open ?? 0;
  return (
    <>
      <FigureTable
        title="What disagrees"
        beside={
          <ExportMenu
            label="Export what disagrees"
            path={`/api/v1/reconciliations/${encodeURIComponent(run.id)}`}
            query={{}}
          />
        }
        head={[
          { text: "Kind" },
          { text: "Found", number: true },
          { text: "Open", number: true },
          { text: "Repair" },
        ]}
      >
        {run.classes.map((one) => (
          <tr key={one.class}>
            <td>
              <button
                type="button"
                className={classes.choose}
                aria-pressed={chosen === one.class}
                onClick={() => onChoose(chosen === one.class ? null : one.class)}
              >
                {classWords[one.class].name}
              </button>
            </td>
            <td className={classes.number}>{foundText(one)}</td>
            <td className={classes.number}>{formatCount(one.open)}</td>
            <td className={classes.deed}>
              {one.open > 0 && (
                <DeedButton
                  deed="POST /api/v1/reconciliations/{id}/repair"
                  variant="default"
                  size="compact-sm"
                  aria-label={`${classWords[one.class].deed} ${formatCount(one.open)}: ${classWords[one.class].name}`}
                  onClick={() => setRepairing(one.class)}
                >
                  {classWords[one.class].deed} {formatCount(one.open)}
                </DeedButton>
              )}
            </td>
          </tr>
        ))}
      </FigureTable>
      {repairing !== null && (
        <RepairDialog id={run.id} name={repairing} open={open} onClose={() => setRepairing(null)} />
      )}
    </>
  );
}
