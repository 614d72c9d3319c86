"use client";

import { Button } from "@mantine/core";
import type { RequeueOutcome } from "../../../db/requeue-states.ts";
import type { RequeueView } from "../../../triage/requeues/requeue-view.ts";
import { ChosenBar } from "../../list/choose/chosen-bar.tsx";
import { ExportMenu } from "../../list/export-menu.tsx";
import list from "../../list/list-table.module.css";
import { PagedTable } from "../../list/paged-list.tsx";
import { useLiveQuery } from "../../page/live.tsx";
import { PageSection } from "../../page/page-section.tsx";
import { fileIdOf, usePlannedFiles } from "../../plan/use-planned-files.ts";
import { outcomeWords } from "../requeue-words.ts";
import { requeueFilesQuery } from "../requeues.query.ts";
import { isFinal } from "./receipt.model.ts";
import { requeueFileColumns } from "./requeue-file-columns.tsx";

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
  const { choosing, planning } = usePlannedFiles(files.data?.items ?? []);
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
        keyOf={fileIdOf}
        choosing={choosing}
        read={files}
        failed="The files could not be read"
        empty={<p className={list.quiet}>No file has this outcome now.</p>}
        words={choosing.words}
        cursor={cursor}
        onCursor={props.onCursor}
      />
      <ChosenBar choosing={choosing} planning={planning} />
    </PageSection>
  );
}
