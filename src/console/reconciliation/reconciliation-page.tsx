"use client";

import { Button, Skeleton } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { ReconciliationView } from "../../triage/reconciliation/reconciliation-view.ts";
import { sentenceOf } from "../api-error.ts";
import { EmptyState } from "../states/empty-state.tsx";
import { FailureState } from "../states/failure-state.tsx";
import { StaleNotice } from "../states/stale-notice.tsx";
import { ClassTable } from "./class-table.tsx";
import { DeadLetterList } from "./dead-letter-list.tsx";
import { EarlierRuns } from "./earlier-runs.tsx";
import { FindingList } from "./finding-list.tsx";
import { headlineOf, readLine } from "./reconciliation.model.ts";
import classes from "./reconciliation.module.css";
import { reconciliationQuery, reconciliationsQuery } from "./reconciliation.query.ts";
import { reconciliationState } from "./reconciliation-state.ts";
import { useBegin } from "./use-reconciliation-deeds.ts";

/** QStash, Postgres and the vector index held against each other: what disagrees, and what puts it right. */
export function ReconciliationPage() {
  const [state, setState] = useQueryStates(reconciliationState);
  const begin = useBegin(() => void setState({ run: null, class: null, cursor: null }));
  return (
    <>
      <div className={classes.head}>
        <h1 className={classes.title}>Reconciliation</h1>
        <Button
          leftSection={<IconRefresh size={15} stroke={1.8} />}
          loading={begin.isPending}
          onClick={() => begin.mutate()}
        >
          Check now
        </Button>
      </div>
      {begin.error !== null && (
        <p className={classes.urgent} role="alert">
          {sentenceOf(begin.error)}
        </p>
      )}
      <Runs />
      <DeadLetterList
        cursor={state.letters}
        onCursor={(letters) => void setState({ letters }, { history: "push" })}
      />
    </>
  );
}

function Runs() {
  const [{ run: asked }] = useQueryStates(reconciliationState);
  const runs = useQuery(reconciliationsQuery);
  const among = runs.data?.items.find(({ id }) => id === asked);
  const older = useQuery({
    ...reconciliationQuery(asked ?? ""),
    enabled: asked !== null && runs.data !== undefined && among === undefined,
  });
  const retry = () => void runs.refetch();
  if (runs.data === undefined) {
    if (runs.error === null) return <Skeleton height={220} mb="md" />;
    return <FailureState title="The reconciliations could not be read" error={runs.error} onRetry={retry} />;
  }
  if (older.error !== null)
    return (
      <FailureState
        title="The reconciliation could not be read"
        error={older.error}
        onRetry={() => void older.refetch()}
      />
    );
  const run = asked === null ? runs.data.items[0] : (among ?? older.data);
  if (run === undefined)
    return asked === null ? (
      <EmptyState
        title="Nothing was checked yet"
        text="QStash, Postgres and the vector index are held against each other once a day, and when you ask."
      />
    ) : (
      <Skeleton height={220} mb="md" />
    );
  return (
    <>
      {runs.error !== null && (
        <StaleNotice error={runs.error} readAtMs={runs.dataUpdatedAt} onRetry={retry} />
      )}
      <Run run={run} />
      <EarlierRuns runs={runs.data.items} shown={run.id} />
    </>
  );
}

function Run({ run }: { run: ReconciliationView }) {
  const [state, setState] = useQueryStates(reconciliationState);
  const headline = headlineOf(run);
  return (
    <>
      <div className={classes.lead} role="status">
        <p className={classes.headline} data-state={headline.state}>
          {headline.text}
        </p>
        <p className={classes.quiet}>{readLine(run)}</p>
      </div>
      <ClassTable
        run={run}
        chosen={state.class}
        onChoose={(name) => void setState({ class: name, cursor: null }, { history: "push" })}
      />
      <FindingList
        run={run}
        chosen={state.class}
        cursor={state.cursor}
        onCursor={(cursor) => void setState({ cursor }, { history: "push" })}
      />
    </>
  );
}
