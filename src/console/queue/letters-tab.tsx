"use client";

import { useState } from "react";
import type { QueueLetter } from "../../triage/queue/qstash-view.ts";
import { MomentText } from "../format/moment-text.tsx";
import { ChosenBar } from "../list/choose/chosen-bar.tsx";
import { useChosen } from "../list/choose/use-chosen.ts";
import type { Column } from "../list/list-table.tsx";
import { PagedTable } from "../list/paged-list.tsx";
import { RowLink, RowNote, RowText } from "../list/row-link.tsx";
import { DeedButton } from "../me/deed-button.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { tellNoPlan, useMakePlan } from "../plan/use-make-plan.ts";
import { usePlanKeys } from "../plan/use-plan-keys.ts";
import { expiryOf } from "../reconciliation/reconciliation.model.ts";
import { useNow } from "../shell/now.tsx";
import { EmptyState } from "../states/empty-state.tsx";
import { letterText, placeText } from "./queue.model.ts";
import { lettersQuery } from "./queue.query.ts";
import { QueueDeedDialog } from "./queue-deed-dialog.tsx";
import classes from "./queue-page.module.css";
import { SaidTools } from "./said-line.tsx";

function columnsOf(onDelete: (letter: QueueLetter) => void): readonly Column<QueueLetter>[] {
  return [
    {
      head: "Forgotten",
      width: "8rem",
      narrow: "lead",
      cell: (letter) => <Expiry letter={letter} />,
    },
    {
      head: "Message",
      narrow: "lead",
      cell: (letter) => (
        <>
          {letter.fileId === null ? (
            <RowText text={letter.messageId} />
          ) : (
            <RowLink
              href={`/files/${encodeURIComponent(letter.fileId)}?tab=messages`}
              text={letter.fileName ?? letter.fileId}
            />
          )}
          <RowNote>{letterText(letter)}</RowNote>
        </>
      ),
    },
    { head: "Route", width: "12rem", quiet: true, narrow: "roomy", cell: ({ url }) => placeText(url) },
    {
      head: "Answered",
      width: "6rem",
      quiet: true,
      cell: ({ responseStatus }) => responseStatus ?? "nothing",
    },
    {
      head: "Given up",
      width: "6.5rem",
      number: true,
      quiet: true,
      cell: ({ at }) => <MomentText at={at} />,
    },
    {
      head: "What can be done",
      width: "9rem",
      deeds: true,
      narrow: "line",
      cell: (letter) => <LetterDeeds letter={letter} onDelete={() => onDelete(letter)} />,
    },
  ];
}

const keyOf = ({ dlqId }: QueueLetter) => dlqId;

/** The file that a requeue of a dead letter does again; null where its step has gone on, or is not known. */
function requeuedOf({ standing, fileId }: QueueLetter): string | null {
  return standing === "failed" ? fileId : null;
}

const rows = {
  words: ["file", "files"],
  idOf: requeuedOf,
  nameOf: ({ fileName, messageId }: QueueLetter) => fileName ?? messageId,
} as const;

/** Messages that QStash has given up, each with the clock until QStash forgets it. */
export function LettersTab(props: { cursor: string | null; onCursor: (cursor: string | null) => void }) {
  const { cursor, onCursor } = props;
  const letters = useLiveQuery(lettersQuery(cursor));
  const [deleting, setDeleting] = useState<QueueLetter | null>(null);
  const items = letters.data?.items ?? [];
  const choosing = useChosen(items, rows);
  const planning = usePlanKeys({
    ...{ items, keyOf, word: "file", choosing },
    selectionOf(letter) {
      const fileId = requeuedOf(letter);
      return fileId === null ? null : { kind: "files", files: [fileId] };
    },
    chosen: { kind: "files", files: [...choosing.ids] },
  });
  return (
    <>
      {letters.data !== undefined && (
        <SaidTools readAt={letters.data.readAt} path="/api/v1/queue/dead-letters" />
      )}
      <PagedTable
        caption="Dead letters, the newest first"
        columns={columnsOf(setDeleting)}
        keyOf={keyOf}
        choosing={choosing}
        read={letters}
        failed="QStash's dead letters could not be read"
        empty={<EmptyState title="No dead letters" text="QStash has given up no message." />}
        words={["dead letter", "dead letters"]}
        cursor={cursor}
        onCursor={onCursor}
      />
      <ChosenBar choosing={choosing} planning={planning} />
      {deleting !== null && <DeleteDialog letter={deleting} onClose={() => setDeleting(null)} />}
    </>
  );
}

function Expiry({ letter }: { letter: QueueLetter }) {
  const { text, urgent } = expiryOf(letter.expiresAt, useNow());
  return (
    <span className={classes.left} data-urgent={urgent && letter.standing === "failed"}>
      <time dateTime={letter.expiresAt}>{text}</time>
    </span>
  );
}

function LetterDeeds({ letter, onDelete }: { letter: QueueLetter; onDelete: () => void }) {
  const planning = useMakePlan();
  if (letter.standing === "leaving") return null;
  const fileId = requeuedOf(letter);
  const about = letter.fileName ?? letter.messageId;
  if (fileId !== null)
    return (
      <div className={classes.deeds}>
        <DeedButton
          deed="POST /api/v1/plans"
          variant="default"
          size="compact-sm"
          loading={planning.isPending}
          aria-label={`Requeue: ${about}`}
          onClick={() =>
            planning.mutate({ selection: { kind: "files", files: [fileId] } }, { onError: tellNoPlan })
          }
        >
          Requeue…
        </DeedButton>
      </div>
    );
  return (
    <div className={classes.deeds}>
      <DeedButton
        deed="POST /api/v1/queue/dead-letters/{id}/delete"
        variant="subtle"
        color="red"
        size="compact-sm"
        aria-label={`Delete: ${about}`}
        onClick={onDelete}
      >
        Delete
      </DeedButton>
    </div>
  );
}

function DeleteDialog({ letter, onClose }: { letter: QueueLetter; onClose: () => void }) {
  return (
    <QueueDeedDialog
      asked={{
        title: "Delete the dead letter",
        deed: "Delete",
        grave: true,
        effect: [
          { name: "Its message", value: letter.messageId },
          { name: "Stands", value: letterText(letter) },
          { name: "Then", value: "QStash can no longer send it again, nor say what it had answered" },
        ],
        done: { title: "Deleted", message: "QStash no longer has the dead letter." },
        path: `dead-letters/${encodeURIComponent(letter.dlqId)}/delete`,
        body: {},
      }}
      onClose={onClose}
    />
  );
}
