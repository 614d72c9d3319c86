"use client";

import { Skeleton } from "@mantine/core";
import Link from "next/link";
import type { FindingClass } from "../../db/reconciliation-states.ts";
import type { FindingView, ReconciliationView } from "../../triage/reconciliation/reconciliation-view.ts";
import { FigureTable } from "../budgets/costs/figure-table.tsx";
import { MomentText } from "../format/moment-text.tsx";
import { PagedList } from "../list/paged-list.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { classWords, factsLine } from "./reconciliation.model.ts";
import classes from "./reconciliation.module.css";
import { findingsQuery } from "./reconciliation.query.ts";

/** The findings of a reconciliation, page by page. */
export function FindingList(props: {
  run: ReconciliationView;
  chosen: FindingClass | null;
  cursor: string | null;
  onCursor: (cursor: string | null) => void;
}) {
  const { run, chosen, cursor, onCursor } = props;
  const underWay = run.finishedAt === null;
  const found = useLiveQuery(findingsQuery({ id: run.id, class: chosen, cursor, underWay }));
  return (
    <PagedList
      read={found}
      loading={<Skeleton height={120} mb="md" />}
      failed="The findings could not be read"
      empty={null}
      words={["finding", "findings"]}
      cursor={cursor}
      onCursor={onCursor}
    >
      {(items) => (
        <FigureTable
          title={chosen === null ? "Findings" : classWords[chosen].name}
          head={[{ text: "What" }, { text: "Says" }, { text: "Found" }, { text: "Now" }]}
        >
          {items.map((finding) => (
            <FindingRow key={finding.id} finding={finding} />
          ))}
        </FigureTable>
      )}
    </PagedList>
  );
}

function FindingRow({ finding }: { finding: FindingView }) {
  const { fileId, facts, subject } = finding;
  return (
    <tr>
      <td className={classes.id}>
        {fileId === null || finding.class === "vectors-without-owner" ? (
          subject
        ) : (
          <Link href={`/files/${fileId}`}>{facts.file ?? subject}</Link>
        )}
      </td>
      <td>{factsLine(finding)}</td>
      <td>
        <MomentText at={finding.foundAt} />
      </td>
      <td>{finding.outcome ?? "open"}</td>
    </tr>
  );
}
