import { queryString } from "../../api-client.ts";
import { ledgerHref } from "../ledger-href.ts";
import { everyEntry, type LedgerFilters } from "./filters/ledger-filters.ts";
import { ledgerQueryOf } from "./filters/ledger-query-of.ts";

/**
 * The page of the ledger with some filters.
 * @param entry the entry that is unfolded there
 */
export function ledgerLink(filters: Partial<LedgerFilters>, entry?: string): string {
  const query = { ...ledgerQueryOf({ ...everyEntry, ...filters }), ...(entry !== undefined && { entry }) };
  return ledgerHref(queryString(query).slice(1));
}
