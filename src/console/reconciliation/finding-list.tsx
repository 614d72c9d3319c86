"use client";

import { useState } from "react";
import type { FindingClass } from "../../db/reconciliation-states.ts";
import type { FindingView, ReconciliationView } from "../../triage/reconciliation/reconciliation-view.ts";
import { MomentText } from "../format/moment-text.tsx";
import { useRowKeys } from "../list/choose/use-row-keys.ts";
import { ExportMenu } from "../list/export-menu.tsx";
import type { Column } from "../list/list-table.tsx";
import { PagedTable } from "../list/paged-list.tsx";
import { RowLink, RowText } from "../list/row-link.tsx";
import { useMe } from "../me/me.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { PageSection } from "../page/page-section.tsx";
import { classWords, factsLine } from "./reconciliation.model.ts";
import { findingsQuery } from "./reconciliation.query.ts";
import { RepairDialog } from "./repair-dialog.tsx";

const columns: readonly Column<FindingView>[] = [
  { head: "What", narrow: "lead", cell: (finding) => <Subject finding={finding} /> },
  { head: "Says", width: "20rem", quiet: true, narrow: "line", cell: factsLine },
  {
    head: "Found",
    width: "6.5rem",
    number: true,
    quiet: true,
    cell: ({ foundAt }) => <MomentText at={foundAt} />,
  },
  { head: "Now", width: "6rem", cell: ({ outcome }) => outcome ?? "open" },
];

const idOf = ({ id }: FindingView) => id;

/** The findings of a reconciliation, page by page. */
export function FindingList(props: {
  run: ReconciliationView;
  chosen: FindingClass | null;
  cursor: string | null;
  onCursor: (cursor: string | null) => void;
}) {
  const { run, chosen, cursor } = props;
  const underWay = run.finishedAt === null;
  const found = useLiveQuery(findingsQuery({ id: run.id, class: chosen, cursor, underWay }));
  const [repairing, setRepairing] = useState<FindingClass | null>(null);
  const open = run.classes.find((one) => one.class === repairing)?.open ?? 0;
  useRowKeys({
    ...{ word: "finding", items: found.data?.items ?? [], keyOf: idOf },
    deed: {
      does: "Put the findings of this kind right",
      refusal: useMe().refusal("POST /api/v1/reconciliations/{id}/repair"),
      row: (finding) => setRepairing(finding.class),
    },
  });
  if (found.data?.items.length === 0 && cursor === null) return null;
  return (
    <PageSection
      title={chosen === null ? "Findings" : classWords[chosen].name}
      beside={
        <ExportMenu
          label="Export the findings"
          path={`/api/v1/reconciliations/${encodeURIComponent(run.id)}/findings`}
          query={{ class: chosen }}
        />
      }
    >
      <PagedTable
        caption="Findings"
        columns={columns}
        keyOf={idOf}
        read={found}
        failed="The findings could not be read"
        empty={null}
        words={["finding", "findings"]}
        cursor={cursor}
        onCursor={props.onCursor}
      />
      {repairing !== null && open > 0 && (
        <RepairDialog id={run.id} name={repairing} open={open} onClose={() => setRepairing(null)} />
      )}
    </PageSection>
  );
}

function Subject({ finding: { class: kind, fileId, facts, subject } }: { finding: FindingView }) {
  if (fileId === null || kind === "vectors-without-owner") return <RowText text={subject} />;
  return <RowLink href={`/files/${encodeURIComponent(fileId)}`} text={String(facts.file ?? subject)} />;
}
