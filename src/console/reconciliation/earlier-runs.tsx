import Link from "next/link";
import type { ReconciliationView } from "../../triage/reconciliation/reconciliation-view.ts";
import { FigureTable } from "../budgets/costs/figure-table.tsx";
import { MomentText } from "../format/moment-text.tsx";
import { headlineOf } from "./reconciliation.model.ts";

/** The newest reconciliations, each with its address. */
export function EarlierRuns({ runs, shown }: { runs: readonly ReconciliationView[]; shown: string }) {
  return (
    <FigureTable title="Checks" head={[{ text: "When" }, { text: "By" }, { text: "Came to" }]}>
      {runs.map((run) => (
        <tr key={run.id}>
          <td>
            <MomentText at={run.startedAt} />
          </td>
          <td>{run.by ?? "schedule"}</td>
          <td>
            <Link href={`/reconciliation?run=${run.id}`} aria-current={run.id === shown ? "true" : undefined}>
              {headlineOf(run).text}
            </Link>
          </td>
        </tr>
      ))}
    </FigureTable>
  );
}
