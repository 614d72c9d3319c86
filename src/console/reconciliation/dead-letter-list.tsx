"use client";

import type { DeadLetterView } from "../../triage/reconciliation/reconciliation-view.ts";
import { MomentText } from "../format/moment-text.tsx";
import { ExportMenu } from "../list/export-menu.tsx";
import list from "../list/list-table.module.css";
import type { Column } from "../list/list-table.tsx";
import { PagedTable } from "../list/paged-list.tsx";
import { RowLink, RowText } from "../list/row-link.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { PageSection } from "../page/page-section.tsx";
import { usePlanKeys } from "../plan/use-plan-keys.ts";
import { useNow } from "../shell/now.tsx";
import { EmptyState } from "../states/empty-state.tsx";
import { expiryOf, standingWords } from "./reconciliation.model.ts";
import classes from "./reconciliation.module.css";
import { deadLettersQuery } from "./reconciliation.query.ts";

const columns: readonly Column<DeadLetterView>[] = [
  {
    head: "File",
    narrow: "lead",
    cell: ({ fileId, file, messageId }) =>
      fileId === null ? (
        <RowText text={messageId} />
      ) : (
        <RowLink href={`/files/${encodeURIComponent(fileId)}`} text={file ?? fileId} />
      ),
  },
  {
    head: "Step",
    width: "14rem",
    cell: ({ step, standing }) => `${step ?? ""} ${standingWords[standing]}`.trim(),
  },
  { head: "Given up", width: "6.5rem", number: true, quiet: true, cell: ({ at }) => <MomentText at={at} /> },
  { head: "Forgotten", width: "8rem", number: true, cell: (letter) => <Expiry letter={letter} /> },
];

const keyOf = ({ dlqId }: DeadLetterView) => dlqId;

/** QStash's dead letters, each with the clock until QStash forgets it. */
export function DeadLetterList(props: { cursor: string | null; onCursor: (cursor: string | null) => void }) {
  const { cursor } = props;
  const letters = useLiveQuery(deadLettersQuery(cursor));
  usePlanKeys({
    ...{ items: letters.data?.items ?? [], keyOf, word: "dead letter" },
    selectionOf: ({ standing, fileId }) =>
      standing === "failed" && fileId !== null ? { kind: "files", files: [fileId] } : null,
  });
  return (
    <PageSection
      title="Dead letters"
      beside={<ExportMenu label="Export the dead letters" path="/api/v1/dead-letters" query={{}} />}
    >
      <p className={list.quiet}>
        Messages that QStash has given up. It forgets each after seven days; requeue its file before.
      </p>
      <PagedTable
        caption="Dead letters, the newest first"
        columns={columns}
        keyOf={keyOf}
        read={letters}
        failed="QStash's dead letters could not be read"
        empty={<EmptyState title="No dead letters" text="QStash has given up no message." />}
        words={["dead letter", "dead letters"]}
        cursor={cursor}
        onCursor={props.onCursor}
      />
    </PageSection>
  );
}

function Expiry({ letter }: { letter: DeadLetterView }) {
  const { text, urgent } = expiryOf(letter.expiresAt, useNow());
  return (
    <span className={classes.left} data-urgent={urgent && letter.standing === "failed"}>
      <time dateTime={letter.expiresAt}>{text}</time>
    </span>
  );
}
