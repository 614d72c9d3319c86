"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { FilterChips } from "../list/filter-chips.tsx";
import { PagedList } from "../list/paged-list.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { PageHead } from "../page/page-head.tsx";
import { EmptyState } from "../states/empty-state.tsx";
import { auditActorsQuery, auditPageQuery } from "./audit.query.ts";
import { auditChips } from "./audit-chips.model.ts";
import { AuditRuleLine } from "./audit-rule.tsx";
import { type AuditFilterChange, auditFilters, auditPlace, isNarrowed } from "./audit-state.ts";
import { AuditTable, AuditTableSkeleton } from "./audit-table.tsx";
import { AuditToolbar } from "./audit-toolbar.tsx";

/** The audit log: who changed what, when, why and from where, with what stood before and after. */
export function AuditPage() {
  const [filters, setFilters] = useQueryStates(auditFilters, { history: "push" });
  const [place, setPlace] = useQueryStates(auditPlace, { history: "push" });
  const entries = useLiveQuery(auditPageQuery(filters, place.cursor));
  const actors = useQuery(auditActorsQuery);
  const change = (by: AuditFilterChange | null) => {
    void setPlace(null);
    void setFilters(by);
  };
  const whoName = actors.data?.items.find(({ id }) => id === filters.who)?.name ?? null;
  const narrowed = isNarrowed(filters) || place.cursor !== null;
  return (
    <>
      <PageHead title="Audit" readAtMs={entries.dataUpdatedAt}>
        <AuditRuleLine />
      </PageHead>
      <AuditToolbar filters={filters} onChange={change} />
      <FilterChips chips={auditChips(filters, whoName)} onChange={change} onClear={() => change(null)} />
      <PagedList
        read={entries}
        loading={<AuditTableSkeleton />}
        failed="The audit log could not be read"
        empty={<AuditEmpty narrowed={narrowed} onWiden={() => change(null)} />}
        words={["entry", "entries"]}
        cursor={place.cursor}
        onCursor={(cursor) => void setPlace({ cursor, entry: null }, { scroll: true })}
      >
        {(rows, dimmed) => (
          <AuditTable
            entries={rows}
            dimmed={dimmed}
            unfolded={place.entry}
            onUnfold={(entry) => void setPlace({ entry }, { history: "replace" })}
            onWho={(who) => change({ who })}
          />
        )}
      </PagedList>
    </>
  );
}

function AuditEmpty({ narrowed, onWiden }: { narrowed: boolean; onWiden: () => void }) {
  return (
    <EmptyState
      title={narrowed ? "No entry matches" : "Nobody has changed anything yet"}
      text={
        narrowed
          ? "Nobody did anything that all of these filters let through."
          : "Every requeue, budget, price, breaker and state that somebody changes is written down here, with why and from where."
      }
    >
      {narrowed && (
        <Button variant="default" onClick={onWiden}>
          Show the whole log
        </Button>
      )}
    </EmptyState>
  );
}
