import type { Deed } from "./permissions.ts";

/** How the export of a list may be had. */
export interface ExportRule {
  /** How many rows it has at most, the list's first ones. */
  readonly mostRows: number;
  /** What asks for more than a look at the list; null: who may look may carry it away. */
  readonly deed: Deed | null;
  /** The fields of an item that stay behind: what is a secret is shown, and not carried away. */
  readonly secrets: readonly string[];
}

const usual: ExportRule = { mostRows: 10_000, deed: null, secrets: [] };

/** What is spent, and what people did: read by all, carried away by operators. */
const operators = { deed: "GET /api/v1/ledger.csv", secrets: [] } as const;

const guarded: readonly (readonly [path: RegExp, rule: ExportRule])[] = [
  [/^\/api\/v1\/ledger$/, { ...operators, mostRows: 10_000 }],
  [/^\/api\/v1\/audit$/, { ...operators, mostRows: 100_000 }],
  [/^\/api\/v1\/files\/[^/]+\/(costs|audit)$/, { ...operators, mostRows: 10_000 }],
  [/^\/api\/v1\/alert-rules$/, { ...usual, secrets: ["signingSecret"] }],
];

/** The rule of the list at a path of the API. */
export function exportRule(path: string): ExportRule {
  return guarded.find(([guardedPath]) => guardedPath.test(path))?.[1] ?? usual;
}
