"use client";

import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import type { RequeueOutcome } from "../../../db/requeue-states.ts";
import type { RequeueView } from "../../../triage/requeues/requeue-view.ts";
import { ApiError } from "../../api-error.ts";
import { EmptyState } from "../../states/empty-state.tsx";
import { FailureState } from "../../states/failure-state.tsx";
import { StaleNotice } from "../../states/stale-notice.tsx";
import { requeueQuery } from "../requeues.query.ts";
import { FailedAgain } from "./failed-again.tsx";
import { Receipt } from "./receipt.tsx";
import { RequeueFacts } from "./requeue-facts.tsx";
import { RequeueFiles } from "./requeue-files.tsx";
import { RequeueHead } from "./requeue-head.tsx";
import classes from "./requeue-page.module.css";
import { RequeueProgress } from "./requeue-progress.tsx";
import { requeueState } from "./requeue-state.ts";

/** A requeue from its undo window to its receipt; read again by itself while it is under way. */
export function RequeuePage({ id }: { id: string }) {
  const requeue = useQuery(requeueQuery(id));
  const retry = () => void requeue.refetch();
  if (requeue.data === undefined) {
    if (requeue.error === null) return <RequeueSkeleton />;
    if (requeue.error instanceof ApiError && requeue.error.status === 404) return <NoSuchRequeue />;
    return <FailureState title="The requeue could not be read" error={requeue.error} onRetry={retry} />;
  }
  return (
    <>
      {requeue.error !== null && (
        <StaleNotice error={requeue.error} readAtMs={requeue.dataUpdatedAt} onRetry={retry} />
      )}
      <LoadedRequeue requeue={requeue.data} />
    </>
  );
}

function LoadedRequeue({ requeue }: { requeue: RequeueView }) {
  const [{ outcome, cursor }, setState] = useQueryStates(requeueState);
  const choose = (next: RequeueOutcome | null) =>
    void setState({ outcome: next, cursor: null }, { history: "push" });
  return (
    <>
      <RequeueHead requeue={requeue} />
      <RequeueProgress requeue={requeue} chosen={outcome} onChoose={choose} />
      <RequeueFacts requeue={requeue} />
      <div className={classes.columns}>
        <Receipt requeue={requeue} />
        <FailedAgain requeue={requeue} />
      </div>
      <RequeueFiles
        requeue={requeue}
        outcome={outcome}
        cursor={cursor}
        onOutcome={choose}
        onCursor={(next) => void setState({ cursor: next }, { history: "push" })}
      />
    </>
  );
}

function RequeueSkeleton() {
  return (
    <div aria-busy="true">
      <Skeleton height={12} width={90} mb={10} />
      <Skeleton height={24} width="45%" mb={12} />
      <Skeleton height={18} width="60%" mb={16} />
      <Skeleton height={10} mb={20} />
      <Skeleton height={62} mb={20} />
      <Skeleton height={240} />
    </div>
  );
}

function NoSuchRequeue() {
  return (
    <EmptyState title="No requeue has this id" text="The address may be cut short.">
      <Button component={Link} href="/requeues" variant="default">
        To the requeues
      </Button>
    </EmptyState>
  );
}
