"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { ListPager } from "../../paging/list-pager.tsx";
import { FailureState } from "../../states/failure-state.tsx";
import { StaleNotice } from "../../states/stale-notice.tsx";
import { BudgetsFrame } from "../budgets-frame.tsx";
import { CsvButton } from "./csv-button.tsx";
import { LedgerChips } from "./filters/ledger-chips.tsx";
import { type LedgerFilters, ledgerFilters, ledgerPlace } from "./filters/ledger-filters.ts";
import { isNarrowed } from "./filters/ledger-query-of.ts";
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
  const entries = useQuery(ledgerPageQuery(filters, place.cursor));
  const change = (by: Parameters<typeof setFilters>[0]) => {
    void setPlace(null);
    void setFilters(by);
  };
  const items = entries.data?.items ?? [];
  const fileName = items.find(({ fileId }) => fileId === filters.file)?.fileName ?? null;
  return (
    <BudgetsFrame actions={<CsvButton filters={filters} />}>
      <LedgerToolbar filters={filters} entries={items} onChange={change} />
      <LedgerChips filters={filters} fileName={fileName} onChange={change} onClear={() => change(null)} />
      <LedgerTotals filters={filters} onMeter={(meter) => change({ meter: [meter] })} />
      <LedgerResult
        filters={filters}
        cursor={place.cursor}
        unfolded={place.entry}
        onUnfold={(entry) => void setPlace({ entry }, { history: "replace" })}
        onCursor={(cursor) => void setPlace({ cursor, entry: null }, { scroll: true })}
        onWiden={() => change(null)}
      />
    </BudgetsFrame>
  );
}

function LedgerResult(props: {
  filters: LedgerFilters;
  cursor: string | null;
  unfolded: string | null;
  onUnfold: (entryId: string | null) => void;
  onCursor: (cursor: string | null) => void;
  onWiden: () => void;
}) {
  const { filters, cursor } = props;
  const entries = useQuery(ledgerPageQuery(filters, cursor));
  const retry = () => void entries.refetch();
  if (entries.data === undefined) {
    if (entries.error === null) return <LedgerTableSkeleton />;
    return <FailureState title="The ledger could not be read" error={entries.error} onRetry={retry} />;
  }
  const { items, nextCursor } = entries.data;
  return (
    <>
      {entries.error !== null && (
        <StaleNotice error={entries.error} readAtMs={entries.dataUpdatedAt} onRetry={retry} />
      )}
      {items.length === 0 ? (
        <LedgerEmpty narrowed={isNarrowed(filters) || cursor !== null} onWiden={props.onWiden} />
      ) : (
        <LedgerTable
          entries={items}
          dimmed={entries.isPlaceholderData}
          unfolded={props.unfolded}
          onUnfold={props.onUnfold}
        />
      )}
      <ListPager
        key={JSON.stringify(filters)}
        cursor={cursor}
        nextCursor={nextCursor}
        count={items.length}
        words={["entry", "entries"]}
        onCursor={props.onCursor}
      />
    </>
  );
}
