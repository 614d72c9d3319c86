"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { type RequeueState, requeueStates } from "../../../db/requeue-states.ts";
import { ListPager } from "../../paging/list-pager.tsx";
import { EmptyState } from "../../states/empty-state.tsx";
import { FailureState } from "../../states/failure-state.tsx";
import { StaleNotice } from "../../states/stale-notice.tsx";
import { ToggleRow } from "../../table/toggle-row.tsx";
import { RequeueMark } from "../requeue-mark.tsx";
import { requeuesQuery } from "../requeues.query.ts";
import classes from "./requeues-page.module.css";
import { requeuesState } from "./requeues-state.ts";
import { RequeuesTable, RequeuesTableSkeleton } from "./requeues-table.tsx";

/** The requeues with how far they have come, newest first. */
export function RequeuesPage() {
  const [{ state, cursor }, setState] = useQueryStates(requeuesState);
  return (
    <>
      <div className={classes.head}>
        <h1 className={classes.title}>Requeues</h1>
        <ToggleRow
          legend="State"
          choices={requeueStates.map((value) => ({ value, label: <RequeueMark state={value} /> }))}
          chosen={state}
          onChange={(next) => void setState({ state: next, cursor: null }, { history: "push" })}
        />
      </div>
      <Result
        state={state}
        cursor={cursor}
        onCursor={(next) => void setState({ cursor: next }, { history: "push", scroll: true })}
        onWiden={() => void setState(null, { history: "push" })}
      />
    </>
  );
}

function Result(props: {
  state: readonly RequeueState[];
  cursor: string | null;
  onCursor: (cursor: string | null) => void;
  onWiden: () => void;
}) {
  const { state, cursor } = props;
  const requeues = useQuery(requeuesQuery({ state, cursor }));
  const retry = () => void requeues.refetch();
  if (requeues.data === undefined) {
    if (requeues.error === null) return <RequeuesTableSkeleton />;
    return <FailureState title="The requeues could not be read" error={requeues.error} onRetry={retry} />;
  }
  const { items, nextCursor } = requeues.data;
  return (
    <>
      {requeues.error !== null && (
        <StaleNotice error={requeues.error} readAtMs={requeues.dataUpdatedAt} onRetry={retry} />
      )}
      {items.length === 0 ? (
        <Empty narrowed={state.length > 0 || cursor !== null} onWiden={props.onWiden} />
      ) : (
        <RequeuesTable requeues={items} dimmed={requeues.isPlaceholderData} />
      )}
      <ListPager
        words={["requeue", "requeues"]}
        cursor={cursor}
        nextCursor={nextCursor}
        count={items.length}
        onCursor={props.onCursor}
      />
    </>
  );
}

function Empty({ narrowed, onWiden }: { narrowed: boolean; onWiden: () => void }) {
  if (narrowed) {
    return (
      <EmptyState title="No requeue matches" text="None is in this state.">
        <Button variant="default" onClick={onWiden}>
          Show all requeues
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="Nothing was requeued yet"
      text="A requeue begins with a plan: of a failure, or of files that you choose. It says first what it would do and cost."
    >
      <Button component={Link} href="/failures" variant="default">
        To the failures
      </Button>
    </EmptyState>
  );
}
