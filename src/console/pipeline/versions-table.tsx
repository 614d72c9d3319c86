"use client";

import Link from "next/link";
import type { GraphVersion } from "../../triage/graph-versions/graph-version-view.ts";
import figure from "../budgets/costs/figure-table.module.css";
import { FigureTable } from "../budgets/costs/figure-table.tsx";
import { formatCount } from "../format/count.ts";
import { MomentText } from "../format/moment-text.tsx";
import { ExportMenu } from "../list/export-menu.tsx";
import classes from "./pipeline-page.module.css";
import type { RunKind } from "./pipeline-state.ts";

const head = [
  { text: "Version" },
  { text: "First used", wide: true },
  { text: "Newest run", wide: true },
  { text: "Under way", number: true },
  { text: "Succeeded", number: true },
  { text: "Failed", number: true },
  { text: "Cancelled", number: true, wide: true },
];

/** The versions of the graph, the newest first, with what became of their runs: each count opens its runs. */
export function VersionsTable({ versions }: { versions: readonly GraphVersion[] }) {
  return (
    <FigureTable
      title="Versions"
      note="A run keeps the version that it began with. Counts stop at 10,000 a state and say so with a plus."
      beside={<ExportMenu label="Export the versions" path="/api/v1/graph-versions" query={{}} />}
      head={head}
    >
      {versions.map(({ version, current, firstUsedAt, lastBegunAt, runs }) => (
        <tr key={version}>
          <td>
            <Link href={`/pipeline?version=${version}`}>Version {version}</Link>
            {current && <span className={classes.current}>new runs</span>}
          </td>
          <td className={figure.wide}>
            {firstUsedAt === null ? "not yet" : <MomentText at={firstUsedAt} />}
          </td>
          <td className={figure.wide}>{lastBegunAt === null ? "none" : <MomentText at={lastBegunAt} />}</td>
          <Count version={version} kind="under-way" runs={runs.underWay} />
          <Count version={version} kind="succeeded" runs={runs.succeeded} />
          <Count version={version} kind="failed" runs={runs.failed} bad />
          <Count version={version} kind="cancelled" runs={runs.cancelled} wide />
        </tr>
      ))}
    </FigureTable>
  );
}

function Count(props: {
  version: number;
  kind: RunKind;
  runs: GraphVersion["runs"]["failed"];
  bad?: boolean;
  wide?: boolean;
}) {
  const { version, kind, runs, bad = false, wide = false } = props;
  const text = `${formatCount(runs.count)}${runs.capped ? "+" : ""}`;
  const shown = [figure.number, wide && figure.wide, bad && runs.count > 0 && classes.bad];
  return (
    <td className={shown.filter(Boolean).join(" ")}>
      {runs.count === 0 ? text : <Link href={`/pipeline?version=${version}&runs=${kind}`}>{text}</Link>}
    </td>
  );
}
