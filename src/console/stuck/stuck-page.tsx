"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { ListPager } from "../paging/list-pager.tsx";
import { FailureState } from "../states/failure-state.tsx";
import { StaleNotice } from "../states/stale-notice.tsx";
import { stuckQuery } from "./stuck.query.ts";
import { StuckEmpty } from "./stuck-empty.tsx";
import { isNarrowed, type StuckFilters, stuckFilters } from "./stuck-filters.ts";
import classes from "./stuck-page.module.css";
import { StuckTable } from "./stuck-table.tsx";
import { StuckTableSkeleton } from "./stuck-table-skeleton.tsx";
import { StuckToolbar } from "./stuck-toolbar.tsx";

/** What does not go on, and why: filtered, paged, and read again by itself. */
export function StuckPage() {
  const [filters, setFilters] = useQueryStates(stuckFilters);
  return (
    <>
      <h1 className={classes.title}>Stuck</h1>
      <StuckToolbar
        filters={filters}
        onChange={(change) => void setFilters({ ...change, cursor: null }, { history: "push" })}
      />
      <StuckResult
        filters={filters}
        onCursor={(cursor) => void setFilters({ cursor }, { history: "push", scroll: true })}
        onWiden={() => void setFilters(null, { history: "push" })}
      />
    </>
  );
}

function StuckResult(props: {
  filters: StuckFilters;
  onCursor: (cursor: string | null) => void;
  onWiden: () => void;
}) {
  const { filters } = props;
  const stuck = useQuery(stuckQuery(filters));
  const retry = () => void stuck.refetch();
  if (stuck.data === undefined) {
    if (stuck.error === null) return <StuckTableSkeleton />;
    return <FailureState title="The stuck steps could not be read" error={stuck.error} onRetry={retry} />;
  }
  const { items, nextCursor } = stuck.data;
  return (
    <>
      {stuck.error !== null && (
        <StaleNotice error={stuck.error} readAtMs={stuck.dataUpdatedAt} onRetry={retry} />
      )}
      {items.length === 0 ? (
        <StuckEmpty narrowed={isNarrowed(filters)} onWiden={props.onWiden} />
      ) : (
        <StuckTable steps={items} dimmed={stuck.isPlaceholderData} />
      )}
      <ListPager
        words={["step", "steps"]}
        first="oldest"
        cursor={filters.cursor}
        nextCursor={nextCursor}
        count={items.length}
        onCursor={props.onCursor}
      />
    </>
  );
}
