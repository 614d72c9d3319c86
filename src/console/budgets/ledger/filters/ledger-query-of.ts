import { type Query, queryString } from "../../../api-client.ts";
import { type LedgerFilters, listKeys, markKeys, singleKeys } from "./ledger-filters.ts";

/** The filters as the API takes them. Pure. */
export function ledgerQueryOf(filters: LedgerFilters): Query {
  const query: Record<string, string | readonly string[]> = {};
  for (const key of singleKeys) {
    const value = filters[key];
    if (value !== null && value !== "") query[key] = value;
  }
  for (const key of listKeys) if (filters[key].length > 0) query[key] = filters[key];
  for (const key of markKeys) if (filters[key]) query[key] = "true";
  return query;
}

/** True when the list shows less than everything. Pure. */
export function isNarrowed(filters: LedgerFilters): boolean {
  return Object.keys(ledgerQueryOf(filters)).length > 0;
}

/** Where the same entries are as CSV. Pure. */
export function csvHref(filters: LedgerFilters): string {
  return `/api/v1/ledger.csv${queryString(ledgerQueryOf(filters))}`;
}
