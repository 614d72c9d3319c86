import type { Deed } from "./permissions.ts";

/** How the export of a list may be had. */
export interface ExportRule {
  /** How many rows it has at most, the list's first ones. */
  readonly mostRows: number;
  /** What asks for more than a look at the list; null: who may look may carry it away. */
  readonly deed: Deed | null;
}

const usual: ExportRule = { mostRows: 10_000, deed: null };

/** What is spent, and what people did: read by all, carried away by operators. */
const guarded: ReadonlyMap<string, ExportRule> = new Map([
  ["/api/v1/ledger", { mostRows: 10_000, deed: "GET /api/v1/ledger.csv" }],
  ["/api/v1/audit", { mostRows: 100_000, deed: "GET /api/v1/ledger.csv" }],
]);

/** The rule of the list at a path of the API. */
export function exportRule(path: string): ExportRule {
  return guarded.get(path) ?? usual;
}
