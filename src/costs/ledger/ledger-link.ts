/** What opens the entries that a figure is made of: the query of `GET /api/v1/ledger`. */
export type LedgerLink = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The query as text, in the order in which it is given. */
export function ledgerLink(query: LedgerLink): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one): [string, string] => [name, one]),
  );
  return new URLSearchParams(pairs).toString();
}
