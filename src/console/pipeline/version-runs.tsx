"use client";

import { CloseButton } from "@mantine/core";
import type { VersionRun } from "../../triage/graph-versions/graph-version-view.ts";
import { MomentText } from "../format/moment-text.tsx";
import { MoneyText } from "../format/money-text.tsx";
import { ChoiceRow } from "../list/choice-row.tsx";
import { ExportMenu } from "../list/export-menu.tsx";
import type { Column } from "../list/list-table.tsx";
import { PagedTable } from "../list/paged-list.tsx";
import { RowLink } from "../list/row-link.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { PageSection } from "../page/page-section.tsx";
import { EmptyState } from "../states/empty-state.tsx";
import { StatusMark } from "../status/status-mark.tsx";
import { versionRunsQuery, versionRunsQueryOf } from "./pipeline.query.ts";
import classes from "./pipeline-page.module.css";
import { type RunKind, runKinds } from "./pipeline-state.ts";

const words: Readonly<Record<RunKind, string>> = {
  all: "All",
  "under-way": "Under way",
  succeeded: "Succeeded",
  failed: "Failed",
  cancelled: "Cancelled",
};

const columns: readonly Column<VersionRun>[] = [
  { head: "State", width: "9rem", cell: ({ status }) => <StatusMark state={status} /> },
  {
    head: "File",
    narrow: "line",
    cell: ({ fileId, fileName, number }) => (
      <RowLink href={`/files/${encodeURIComponent(fileId)}?run=${number}`} text={fileName} />
    ),
  },
  { head: "Run", width: "4rem", number: true, cell: ({ number }) => number },
  { head: "Project", width: "9rem", quiet: true, narrow: "hidden", cell: ({ project }) => project },
  {
    head: "Cost",
    width: "7rem",
    number: true,
    cell: ({ costNanoUsd }) => <MoneyText nanoUsd={costNanoUsd} />,
  },
  {
    head: "Began",
    width: "7rem",
    number: true,
    quiet: true,
    cell: ({ createdAt }) => <MomentText at={createdAt} />,
  },
];

/** The runs of a version. */
export function VersionRuns(props: {
  version: number;
  kind: RunKind;
  cursor: string | null;
  onKind: (kind: RunKind | null) => void;
  onCursor: (cursor: string | null) => void;
}) {
  const { version, kind, cursor } = props;
  const runs = useLiveQuery(versionRunsQuery(version, kind, cursor));
  return (
    <PageSection
      title={`Runs of version ${version}`}
      beside={
        <>
          <ExportMenu
            label="Export the runs"
            path={`/api/v1/graph-versions/${version}/runs`}
            query={versionRunsQueryOf(kind)}
          />
          <CloseButton size="sm" aria-label="Close the runs" onClick={() => props.onKind(null)} />
        </>
      }
    >
      <div className={classes.which}>
        <ChoiceRow
          legend="Which runs"
          choices={runKinds.map((value) => ({ value, label: words[value] }))}
          value={kind}
          onChange={props.onKind}
        />
      </div>
      <PagedTable
        caption={`Runs of version ${version}, those that began last first`}
        columns={columns}
        keyOf={({ runId }) => runId}
        read={runs}
        failed="The runs could not be read"
        empty={
          <EmptyState title="No such run" text="No run of this version is in the state that is asked for." />
        }
        words={["run", "runs"]}
        cursor={cursor}
        onCursor={props.onCursor}
      />
    </PageSection>
  );
}
