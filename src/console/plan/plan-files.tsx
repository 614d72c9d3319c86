"use client";

import { useQueryStates } from "nuqs";
import type { Exclusion } from "../../db/requeue-states.ts";
import type { PlanFile, PlanView } from "../../triage/plans/plan-view.ts";
import { ChoiceRow } from "../list/choice-row.tsx";
import { ExportMenu } from "../list/export-menu.tsx";
import list from "../list/list-table.module.css";
import type { Column } from "../list/list-table.tsx";
import { PagedTable } from "../list/paged-list.tsx";
import { FileRowLink, RowNote } from "../list/row-link.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { PageSection } from "../page/page-section.tsx";
import { exclusionWords } from "../requeues/exclusion-words.ts";
import { rangeText } from "./plan.model.ts";
import { planFilesQuery } from "./plan.query.ts";
import classes from "./plan-files.module.css";
import { planState } from "./plan-state.ts";

/** The frozen list: all files, or those that are left out for a reason. */
export function PlanFiles({ plan }: { plan: PlanView }) {
  const [{ excluded, cursor }, setState] = useQueryStates(planState);
  const files = useLiveQuery(planFilesQuery(plan.id, { excluded, cursor }));
  if (plan.selected === 0) return null;
  return (
    <PageSection
      title="Files"
      beside={
        <>
          {plan.excluded.length > 0 && (
            <Reasons
              plan={plan}
              excluded={excluded}
              onChange={(next) => void setState({ excluded: next, cursor: null }, { history: "push" })}
            />
          )}
          <ExportMenu path={`/api/v1/plans/${encodeURIComponent(plan.id)}/files`} query={{ excluded }} />
        </>
      }
    >
      <PagedTable
        caption="Files of the plan"
        columns={columns}
        keyOf={({ fileId }) => fileId}
        read={files}
        failed="The files could not be read"
        empty={<p className={list.quiet}>No file is left out for this reason.</p>}
        words={["file", "files"]}
        cursor={cursor}
        onCursor={(next) => void setState({ cursor: next }, { history: "push" })}
      />
    </PageSection>
  );
}

function Reasons(props: {
  plan: PlanView;
  excluded: Exclusion | null;
  onChange: (excluded: Exclusion | null) => void;
}) {
  const { plan, excluded, onChange } = props;
  return (
    <ChoiceRow<Exclusion | "all">
      legend="Left out because"
      choices={[
        { value: "all", label: "All", count: plan.selected },
        ...plan.excluded.map(({ reason, files }) => ({
          value: reason,
          label: exclusionWords[reason].name,
          count: files,
        })),
      ]}
      value={excluded ?? "all"}
      onChange={(next) => onChange(next === "all" ? null : next)}
    />
  );
}

const columns: readonly Column<PlanFile>[] = [
  {
    head: "Name",
    cell: (file) => (
      <>
        <FileRowLink fileId={file.fileId} name={file.name} />
        {file.excluded !== null && (
          <div className={classes.narrow}>
            <RowNote>{fateOf(file)}</RowNote>
          </div>
        )}
      </>
    ),
  },
  { head: "Project", width: "9rem", quiet: true, narrow: "hidden", cell: ({ project }) => project ?? "–" },
  {
    head: "Would be",
    width: "14rem",
    narrow: "hidden",
    cell: (file) => <span className={file.excluded === null ? undefined : classes.out}>{fateOf(file)}</span>,
  },
  {
    head: "Cost",
    width: "13rem",
    number: true,
    quiet: true,
    cell: (file) => (file.excluded === null ? rangeText(file) : "–"),
  },
];

function fateOf({ excluded }: PlanFile): string {
  return excluded === null ? "Requeued" : `Left out: ${exclusionWords[excluded].name.toLowerCase()}`;
}
