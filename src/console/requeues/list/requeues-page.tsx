"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { requeueStates } from "../../../db/requeue-states.ts";
import { ListTools } from "../../list/list-tools.tsx";
import { PagedTable } from "../../list/paged-list.tsx";
import { ToggleRow } from "../../list/toggle-row.tsx";
import { Toolbar } from "../../list/toolbar.tsx";
import { useLiveQuery } from "../../page/live.tsx";
import { PageHead } from "../../page/page-head.tsx";
import { EmptyState } from "../../states/empty-state.tsx";
import { RequeueMark } from "../requeue-mark.tsx";
import { requeuesQuery } from "../requeues.query.ts";
import { requeueColumns } from "./requeue-columns.tsx";
import { requeuesState } from "./requeues-state.ts";

/** The requeues with how far they have come, newest first. */
export function RequeuesPage() {
  const [{ state, cursor }, setState] = useQueryStates(requeuesState);
  const requeues = useLiveQuery(requeuesQuery({ state, cursor }));
  return (
    <>
      <PageHead title="Requeues" readAtMs={requeues.dataUpdatedAt} />
      <Toolbar label="Requeues">
        <ToggleRow
          legend="State"
          choices={requeueStates.map((value) => ({ value, label: <RequeueMark state={value} /> }))}
          chosen={state}
          onChange={(next) => void setState({ state: next, cursor: null }, { history: "push" })}
        />
        <ListTools path="/api/v1/requeues" query={{ state }} />
      </Toolbar>
      <PagedTable
        caption="Requeues, newest first"
        columns={requeueColumns}
        keyOf={({ id }) => id}
        read={requeues}
        failed="The requeues could not be read"
        empty={
          <Empty
            narrowed={state.length > 0 || cursor !== null}
            onWiden={() => void setState(null, { history: "push" })}
          />
        }
        words={["requeue", "requeues"]}
        cursor={cursor}
        onCursor={(next) => void setState({ cursor: next }, { history: "push", scroll: true })}
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
