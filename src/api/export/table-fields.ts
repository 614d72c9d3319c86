/** What an answer's list is called, wherever it has one. */
const listField = ["items"] as const;

/** Answers that are no list and have a table: the way to it through their fields. */
export const tableFields: ReadonlyMap<string, readonly string[]> = new Map([
  ["/api/v1/costs/summary", ["waste", "kinds"]],
  ["/api/v1/costs/truth", ["lines"]],
  ["/api/v1/ledger/totals", ["meters"]],
]);

/** The way to the rows of an answer through its fields. @param path of the route in the API */
export function rowFields(path: string): readonly string[] {
  return tableFields.get(path) ?? listField;
}
