"use client";

import { Skeleton } from "@mantine/core";
import { useQueryStates } from "nuqs";
import type { RequeueOutcome } from "../../../db/requeue-states.ts";
import type { RequeueView } from "../../../triage/requeues/requeue-view.ts";
import { useLiveQuery } from "../../page/live.tsx";
import { PageHeadSkeleton } from "../../page/page-head-skeleton.tsx";
import { PageColumns } from "../../page/page-section.tsx";
import { Loaded } from "../../states/loaded.tsx";
import { requeueQuery } from "../requeues.query.ts";
import { FailedAgain } from "./failed-again.tsx";
import { Receipt } from "./receipt.tsx";
import { RequeueFacts } from "./requeue-facts.tsx";
import { RequeueFiles } from "./requeue-files.tsx";
import { RequeueHead } from "./requeue-head.tsx";
import { RequeueProgress } from "./requeue-progress.tsx";
import { requeueState } from "./requeue-state.ts";

/** A requeue from its undo window to its receipt; read again by itself while it is under way. */
export function RequeuePage({ id }: { id: string }) {
  const requeue = useLiveQuery(requeueQuery(id));
  return (
    <Loaded
      read={requeue}
      loading={<RequeueSkeleton />}
      failed="The requeue could not be read"
      missing={{
        title: "No requeue has this id",
        text: "The address may be cut short.",
        href: "/requeues",
        link: "To the requeues",
      }}
    >
      {(data) => <LoadedRequeue requeue={data} readAtMs={requeue.dataUpdatedAt} />}
    </Loaded>
  );
}

function LoadedRequeue({ requeue, readAtMs }: { requeue: RequeueView; readAtMs: number }) {
  const [{ outcome, cursor }, setState] = useQueryStates(requeueState);
  const choose = (next: RequeueOutcome | null) =>
    void setState({ outcome: next, cursor: null }, { history: "push" });
  return (
    <>
      <RequeueHead requeue={requeue} readAtMs={readAtMs} />
      <RequeueProgress requeue={requeue} chosen={outcome} onChoose={choose} />
      <RequeueFacts requeue={requeue} />
      <PageColumns>
        <Receipt requeue={requeue} />
        <FailedAgain requeue={requeue} />
      </PageColumns>
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
      <PageHeadSkeleton />
      <Skeleton height={10} mb={20} />
      <Skeleton height={62} mb={20} />
      <Skeleton height={240} />
    </div>
  );
}
