"use client";

import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { RequeueOutcome } from "../../../db/requeue-states.ts";
import type { RequeueView } from "../../../triage/requeues/requeue-view.ts";
import { ListPager } from "../../paging/list-pager.tsx";
import { FailureState } from "../../states/failure-state.tsx";
import list from "../../table/list-table.module.css";
import { outcomeWords } from "../requeue-words.ts";
import { requeueFilesQuery } from "../requeues.query.ts";
import { isFinal } from "./receipt.model.ts";
import classes from "./requeue-files.module.css";
import { RequeueFilesTable } from "./requeue-files-table.tsx";
import page from "./requeue-page.module.css";

/** The files of a requeue with what became of each. */
export function RequeueFiles(props: {
  requeue: RequeueView;
  outcome: RequeueOutcome | null;
  cursor: string | null;
  onOutcome: (outcome: RequeueOutcome | null) => void;
  onCursor: (cursor: string | null) => void;
}) {
  const { outcome } = props;
  return (
    <section aria-labelledby="requeue-files">
      <div className={classes.head}>
        <h2 id="requeue-files" className={page.heading}>
          Files
        </h2>
        {outcome !== null && (
          <>
            <span>{outcomeWords[outcome]}</span>
            <Button variant="default" size="compact-xs" onClick={() => props.onOutcome(null)}>
              Show all
            </Button>
          </>
        )}
      </div>
      <Result {...props} />
    </section>
  );
}

function Result(props: {
  requeue: RequeueView;
  outcome: RequeueOutcome | null;
  cursor: string | null;
  onCursor: (cursor: string | null) => void;
}) {
  const { requeue, outcome, cursor } = props;
  const files = useQuery(requeueFilesQuery(requeue.id, { outcome, cursor }, !isFinal(requeue)));
  if (files.data === undefined) {
    if (files.error === null) return <Skeleton height={220} />;
    return (
      <FailureState
        title="The files could not be read"
        error={files.error}
        onRetry={() => void files.refetch()}
      />
    );
  }
  const { items, nextCursor } = files.data;
  return (
    <>
      {items.length === 0 ? (
        <p className={list.quiet}>No file has this outcome now.</p>
      ) : (
        <RequeueFilesTable files={items} dimmed={files.isPlaceholderData} />
      )}
      <ListPager
        words={["file", "files"]}
        cursor={cursor}
        nextCursor={nextCursor}
        count={items.length}
        onCursor={props.onCursor}
      />
    </>
  );
}
