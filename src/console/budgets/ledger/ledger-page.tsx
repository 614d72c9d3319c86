"use client";

import { useQueryStates } from "nuqs";
import { FilterChips } from "../../list/filter-chips.tsx";
import { ListTools } from "../../list/list-tools.tsx";
import { PagedList } from "../../list/paged-list.tsx";
import { useLiveQuery } from "../../page/live.tsx";
import { BudgetsFrame } from "../budgets-frame.tsx";
import { chipsOf } from "./filters/chips.model.ts";
import { ledgerFilters, ledgerPlace } from "./filters/ledger-filters.ts";
import { csvHref, isNarrowed, ledgerQueryOf } from "./filters/ledger-query-of.ts";
import { LedgerToolbar } from "./filters/ledger-toolbar.tsx";
import { ledgerPageQuery } from "./ledger.query.ts";
import { LedgerEmpty } from "./ledger-empty.tsx";
import { LedgerTable } from "./rows/ledger-table.tsx";
import { LedgerTableSkeleton } from "./rows/ledger-table-skeleton.tsx";
import { LedgerTotals } from "./totals/ledger-totals.tsx";

/** The ledger: every entry, filtered, added up, paged, and read again by itself. */
export function LedgerPage() {
  const [filters, setFilters] = useQueryStates(ledgerFilters, { history: "push" });
  const [place, setPlace] = useQueryStates(ledgerPlace, { history: "push" });
  const entries = useLiveQuery(ledgerPageQuery(filters, place.cursor));
  const change = (by: Parameters<typeof setFilters>[0]) => {
    void setPlace(null);
    void setFilters(by);
  };
  const items = entries.data?.items ?? [];
  const fileName = items.find(({ fileId }) => fileId === filters.file)?.fileName ?? null;
  return (
    <BudgetsFrame
      actions={<ListTools path="/api/v1/ledger" query={ledgerQueryOf(filters)} csvHref={csvHref(filters)} />}
      readAtMs={entries.dataUpdatedAt}
    >
      <LedgerToolbar filters={filters} entries={items} onChange={change} />
      <FilterChips chips={chipsOf(filters, fileName)} onChange={change} onClear={() => change(null)} />
      <LedgerTotals filters={filters} onMeter={(meter) => change({ meter: [meter] })} />
      <PagedList
        read={entries}
        loading={<LedgerTableSkeleton />}
        failed="The ledger could not be read"
        empty={
          <LedgerEmpty narrowed={isNarrowed(filters) || place.cursor !== null} onWiden={() => change(null)} />
        }
        words={["entry", "entries"]}
        cursor={place.cursor}
        onCursor={(cursor) => void setPlace({ cursor, entry: null }, { scroll: true })}
      >
        {(rows, dimmed) => (
          <LedgerTable
            entries={rows}
            dimmed={dimmed}
            unfolded={place.entry}
            onUnfold={(entry) => void setPlace({ entry }, { history: "replace" })}
          />
        )}
      </PagedList>
    </BudgetsFrame>
  );
}
