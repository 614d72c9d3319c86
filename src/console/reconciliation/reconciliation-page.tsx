"use client";

import { Skeleton } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { ReconciliationView } from "../../triage/reconciliation/reconciliation-view.ts";
import { sentenceOf } from "../api-error.ts";
import { ListTools } from "../list/list-tools.tsx";
import { DeedButton } from "../me/deed-button.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { PageHead } from "../page/page-head.tsx";
import { EmptyState } from "../states/empty-state.tsx";
import { Loaded } from "../states/loaded.tsx";
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
  const runs = useLiveQuery(reconciliationsQuery);
  const begin = useBegin(() => void setState({ run: null, class: null, cursor: null }));
  return (
    <>
      <PageHead
        title="Reconciliation"
        readAtMs={runs.dataUpdatedAt}
        actions={
          <>
            <ListTools path="/api/v1/reconciliations" query={{}} />
            <DeedButton
              deed="POST /api/v1/reconciliations"
              leftSection={<IconRefresh size={14} stroke={1.75} />}
              loading={begin.isPending}
              onClick={() => begin.mutate()}
            >
              Check now
            </DeedButton>
          </>
        }
      >
        {begin.error !== null && (
          <p className={classes.urgent} role="alert">
            {sentenceOf(begin.error)}
          </p>
        )}
      </PageHead>
      <Loaded
        read={runs}
        loading={<Skeleton height={220} mb="md" />}
        failed="The reconciliations could not be read"
      >
        {({ items }) => <Runs runs={items} />}
      </Loaded>
      <DeadLetterList
        cursor={state.letters}
        onCursor={(letters) => void setState({ letters }, { history: "push" })}
      />
    </>
  );
}

/** The reconciliation that the address names, or the newest; one that is older than the newest is read by itself. */
function Runs({ runs }: { runs: readonly ReconciliationView[] }) {
  const [{ run: asked }] = useQueryStates(reconciliationState);
  const among = asked === null ? runs[0] : runs.find(({ id }) => id === asked);
  const older = useQuery({ ...reconciliationQuery(asked ?? ""), enabled: asked !== null && !among });
  if (asked === null && among === undefined)
    return (
      <EmptyState
        title="Nothing was checked yet"
        text="QStash, Postgres and the vector index are held against each other once a day, and when you ask."
      />
    );
  if (among === undefined)
    return (
      <Loaded
        read={older}
        loading={<Skeleton height={220} mb="md" />}
        failed="The reconciliation could not be read"
      >
        {(run) => <ShownRun run={run} runs={runs} />}
      </Loaded>
    );
  return <ShownRun run={among} runs={runs} />;
}

function ShownRun({ run, runs }: { run: ReconciliationView; runs: readonly ReconciliationView[] }) {
  return (
    <>
      <Run run={run} />
      <EarlierRuns runs={runs} shown={run.id} />
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
