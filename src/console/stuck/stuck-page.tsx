"use client";

import { useQueryStates } from "nuqs";
import { PagedTable } from "../list/paged-list.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { PageHead } from "../page/page-head.tsx";
import { stuckQuery } from "./stuck.query.ts";
import { stuckColumns } from "./stuck-columns.tsx";
import { StuckEmpty } from "./stuck-empty.tsx";
import { isNarrowed, stuckFilters } from "./stuck-filters.ts";
import { StuckToolbar } from "./stuck-toolbar.tsx";

/** What does not go on, and why: filtered, paged, and read again by itself. */
export function StuckPage() {
  const [filters, setFilters] = useQueryStates(stuckFilters);
  const stuck = useLiveQuery(stuckQuery(filters));
  return (
    <>
      <PageHead title="Stuck" readAtMs={stuck.dataUpdatedAt} />
      <StuckToolbar
        filters={filters}
        onChange={(change) => void setFilters({ ...change, cursor: null }, { history: "push" })}
      />
      <PagedTable
        caption="Stuck steps, the first that was queued first"
        columns={stuckColumns}
        keyOf={({ stepId }) => stepId}
        read={stuck}
        failed="The stuck steps could not be read"
        empty={
          <StuckEmpty
            narrowed={isNarrowed(filters)}
            onWiden={() => void setFilters(null, { history: "push" })}
          />
        }
        words={["step", "steps"]}
        first="oldest"
        cursor={filters.cursor}
        onCursor={(cursor) => void setFilters({ cursor }, { history: "push", scroll: true })}
      />
    </>
  );
}
