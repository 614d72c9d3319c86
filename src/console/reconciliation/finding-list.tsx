"use client";

import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { FindingClass } from "../../db/reconciliation-states.ts";
import type { FindingView, ReconciliationView } from "../../triage/reconciliation/reconciliation-view.ts";
import { FigureTable } from "../budgets/costs/figure-table.tsx";
import { MomentText } from "../format/moment-text.tsx";
import { ListPager } from "../paging/list-pager.tsx";
import { FailureState } from "../states/failure-state.tsx";
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
  const found = useQuery(findingsQuery({ id: run.id, class: chosen, cursor, underWay }));
  if (found.error !== null)
    return (
      <FailureState
        title="The findings could not be read"
        error={found.error}
        onRetry={() => void found.refetch()}
      />
    );
  if (found.data === undefined) return <Skeleton height={120} mb="md" />;
  if (found.data.items.length === 0 && cursor === null) return null;
  return (
    <>
      <FigureTable
        title={chosen === null ? "Findings" : classWords[chosen].name}
        head={[{ text: "What" }, { text: "Says" }, { text: "Found" }, { text: "Now" }]}
      >
        {found.data.items.map((finding) => (
          <FindingRow key={finding.id} finding={finding} />
        ))}
      </FigureTable>
      <ListPager
        words={["finding", "findings"]}
        cursor={cursor}
        nextCursor={found.data.nextCursor}
        count={found.data.items.length}
        onCursor={onCursor}
      />
    </>
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
