"use client";

import { useQueryStates } from "nuqs";
import type { FailureSummary } from "../../../triage/failures/failure-view.ts";
import { PagedTable } from "../../list/paged-list.tsx";
import { useLiveQuery } from "../../page/live.tsx";
import { PageHead } from "../../page/page-head.tsx";
import { usePlanKeys } from "../../plan/use-plan-keys.ts";
import { failuresQuery } from "../failures.query.ts";
import { failureColumns } from "./failure-columns.tsx";
import { FailuresEmpty } from "./failures-empty.tsx";
import { failuresFilters, isNarrowed } from "./failures-filters.ts";
import { FailuresToolbar } from "./failures-toolbar.tsx";

/** What widens the list to every group. */
const widest = { state: [], project: null, q: null, step: null, since: null, cursor: null };

const idOf = ({ id }: FailureSummary) => id;

/** What fails, by its kinds: filtered, sorted, paged, and read again by itself. */
export function FailuresPage() {
  const [filters, setFilters] = useQueryStates(failuresFilters);
  const groups = useLiveQuery(failuresQuery(filters));
  usePlanKeys({
    ...{ items: groups.data?.items ?? [], keyOf: idOf, word: "failure" },
    selectionOf: ({ id }) => ({ kind: "group", group: id }),
  });
  return (
    <>
      <PageHead title="Failures" readAtMs={groups.dataUpdatedAt} />
      <FailuresToolbar
        filters={filters}
        onChange={(change) => void setFilters({ ...change, cursor: null }, { history: "push" })}
        onType={(q) => void setFilters({ q, cursor: null }, { history: "replace" })}
      />
      <PagedTable
        caption="Failure groups"
        columns={failureColumns}
        keyOf={idOf}
        read={groups}
        failed="The failures could not be read"
        empty={
          <FailuresEmpty
            narrowed={isNarrowed(filters)}
            onWiden={() => void setFilters(widest, { history: "push" })}
          />
        }
        words={["group", "groups"]}
        cursor={filters.cursor}
        onCursor={(cursor) => void setFilters({ cursor }, { history: "push", scroll: true })}
      />
    </>
  );
}
