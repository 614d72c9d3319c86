"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { ListPager } from "../../paging/list-pager.tsx";
import { FailureState } from "../../states/failure-state.tsx";
import { StaleNotice } from "../../states/stale-notice.tsx";
import { failuresQuery } from "../failures.query.ts";
import { FailuresEmpty } from "./failures-empty.tsx";
import { type FailuresFilters, failuresFilters, isNarrowed } from "./failures-filters.ts";
import classes from "./failures-page.module.css";
import { FailuresTable } from "./failures-table.tsx";
import { FailuresTableSkeleton } from "./failures-table-skeleton.tsx";
import { FailuresToolbar } from "./failures-toolbar.tsx";

/** What fails, by its kinds: filtered, sorted, paged, and read again by itself. */
export function FailuresPage() {
  const [filters, setFilters] = useQueryStates(failuresFilters);
  return (
    <>
      <h1 className={classes.title}>Failures</h1>
      <FailuresToolbar
        filters={filters}
        onChange={(change) => void setFilters({ ...change, cursor: null }, { history: "push" })}
        onType={(q) => void setFilters({ q, cursor: null }, { history: "replace" })}
      />
      <FailuresResult
        filters={filters}
        onCursor={(cursor) => void setFilters({ cursor }, { history: "push", scroll: true })}
        onWiden={() =>
          void setFilters(
            { state: [], project: null, q: null, step: null, since: null, cursor: null },
            { history: "push" },
          )
        }
      />
    </>
  );
}

function FailuresResult(props: {
  filters: FailuresFilters;
  onCursor: (cursor: string | null) => void;
  onWiden: () => void;
}) {
  const groups = useQuery(failuresQuery(props.filters));
  const retry = () => void groups.refetch();
  if (groups.data === undefined) {
    if (groups.error === null) return <FailuresTableSkeleton />;
    return <FailureState title="The failures could not be read" error={groups.error} onRetry={retry} />;
  }
  const { items, nextCursor } = groups.data;
  return (
    <>
      {groups.error !== null && (
        <StaleNotice error={groups.error} readAtMs={groups.dataUpdatedAt} onRetry={retry} />
      )}
      {items.length === 0 ? (
        <FailuresEmpty narrowed={isNarrowed(props.filters)} onWiden={props.onWiden} />
      ) : (
        <FailuresTable groups={items} dimmed={groups.isPlaceholderData} />
      )}
      <ListPager
        words={["group", "groups"]}
        cursor={props.filters.cursor}
        nextCursor={nextCursor}
        count={items.length}
        onCursor={props.onCursor}
      />
    </>
  );
}
