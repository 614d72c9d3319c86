import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ledgerEntryViewSchema, ledgerTotalsSchema } from "../../../costs/ledger/ledger-view.ts";
import { listOf } from "../../../pipeline/files/file-view.ts";
import { getJson } from "../../api-client.ts";
import type { LedgerFilters } from "./filters/ledger-filters.ts";
import { ledgerQueryOf } from "./filters/ledger-query-of.ts";

const entryList = listOf(ledgerEntryViewSchema);
const pageSize = 50;
const refreshMs = 10_000;

/** One page of the ledger, newest first, read again while it is looked at. */
export function ledgerPageQuery(filters: LedgerFilters, cursor: string | null) {
  const query = { ...ledgerQueryOf(filters), cursor, limit: pageSize };
  return queryOptions({
    queryKey: ["ledger", "page", query],
    queryFn: ({ signal }) => getJson("/api/v1/ledger", entryList, { query, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  });
}

/** What all entries that the filters let through come to, whichever page is shown. */
export function ledgerTotalsQuery(filters: LedgerFilters) {
  const query = ledgerQueryOf(filters);
  return queryOptions({
    queryKey: ["ledger", "totals", query],
    queryFn: ({ signal }) => getJson("/api/v1/ledger/totals", ledgerTotalsSchema, { query, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  });
}
