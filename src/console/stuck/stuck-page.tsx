"use client";

import { useQueryStates } from "nuqs";
import type { StuckStep } from "../../triage/stuck/stuck-view.ts";
import { useRowKeys } from "../list/choose/use-row-keys.ts";
import { PagedTable } from "../list/paged-list.tsx";
import { useMe } from "../me/me.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { PageHead } from "../page/page-head.tsx";
import { focusDeedOfRow } from "../shell/row-focus.ts";
import { stuckQuery } from "./stuck.query.ts";
import { stuckColumns } from "./stuck-columns.tsx";
import { StuckEmpty } from "./stuck-empty.tsx";
import { isNarrowed, stuckFilters } from "./stuck-filters.ts";
import { StuckToolbar } from "./stuck-toolbar.tsx";

const stepOf = ({ stepId }: StuckStep) => stepId;

/** What does not go on, and why: filtered, paged, and read again by itself. */
export function StuckPage() {
  const [filters, setFilters] = useQueryStates(stuckFilters);
  const stuck = useLiveQuery(stuckQuery(filters));
  const refusal = useMe().refusal("POST /api/v1/steps/{id}/retry-now");
  useRowKeys({
    ...{ word: "step", items: stuck.data?.items ?? [], keyOf: stepOf },
    deed: { does: "Go to what can be done about the step", refusal, row: focusDeedOfRow },
  });
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
        keyOf={stepOf}
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
