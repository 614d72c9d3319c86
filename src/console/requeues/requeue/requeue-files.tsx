"use client";

import { Button } from "@mantine/core";
import type { RequeueOutcome } from "../../../db/requeue-states.ts";
import type { RequeueFile, RequeueView } from "../../../triage/requeues/requeue-view.ts";
import { ChosenBar } from "../../list/choose/chosen-bar.tsx";
import { useChosen } from "../../list/choose/use-chosen.ts";
import { ExportMenu } from "../../list/export-menu.tsx";
import list from "../../list/list-table.module.css";
import { PagedTable } from "../../list/paged-list.tsx";
import { useLiveQuery } from "../../page/live.tsx";
import { PageSection } from "../../page/page-section.tsx";
import { usePlanKeys } from "../../plan/use-plan-keys.ts";
import { outcomeWords } from "../requeue-words.ts";
import { requeueFilesQuery } from "../requeues.query.ts";
import { isFinal } from "./receipt.model.ts";
import { requeueFileColumns } from "./requeue-file-columns.tsx";

const fileOf = ({ fileId }: RequeueFile) => fileId;
const rows = {
  words: ["file", "files"],
  idOf: fileOf,
  nameOf: ({ fileId, name }: RequeueFile) => name ?? fileId,
} as const;

/** The files of a requeue with what became of each. */
export function RequeueFiles(props: {
  requeue: RequeueView;
  outcome: RequeueOutcome | null;
  cursor: string | null;
  onOutcome: (outcome: RequeueOutcome | null) => void;
  onCursor: (cursor: string | null) => void;
}) {
  const { requeue, outcome, cursor } = props;
  const files = useLiveQuery(requeueFilesQuery(requeue.id, { outcome, cursor }, !isFinal(requeue)));
  const items = files.data?.items ?? [];
  const choosing = useChosen(items, rows);
  const planning = usePlanKeys({
    ...{ items, keyOf: fileOf, word: "file", choosing },
    selectionOf: ({ fileId }) => ({ kind: "files", files: [fileId] }),
    chosen: { kind: "files", files: [...choosing.ids] },
  });
  return (
    <PageSection
      title="Files"
      beside={
        <>
          {outcome !== null && (
            <>
              <span>{outcomeWords[outcome]}</span>
              <Button variant="default" size="compact-xs" onClick={() => props.onOutcome(null)}>
                Show all
              </Button>
            </>
          )}
          <ExportMenu path={`/api/v1/requeues/${encodeURIComponent(requeue.id)}/files`} query={{ outcome }} />
        </>
      }
    >
      <PagedTable
        caption="Files of the requeue"
        columns={requeueFileColumns}
        keyOf={fileOf}
        choosing={choosing}
        read={files}
        failed="The files could not be read"
        empty={<p className={list.quiet}>No file has this outcome now.</p>}
        words={rows.words}
        cursor={cursor}
        onCursor={props.onCursor}
      />
      <ChosenBar choosing={choosing} planning={planning} />
    </PageSection>
  );
}
