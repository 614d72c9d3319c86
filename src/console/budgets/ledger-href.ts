/** The page of the ledger that opens the entries of a figure; `query` is what the API gave with the figure. */
export function ledgerHref(query: string): string {
  return query === "" ? "/budgets/ledger" : `/budgets/ledger?${query}`;
}
