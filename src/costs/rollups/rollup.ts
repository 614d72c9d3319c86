import { sql } from "drizzle-orm";

/**
 * Sums by time that are right in every snapshot and make no writer wait: a transaction adds to rows of its own
 * connection (the deltas, one a quarter hour and key), and the tick folds those into the rollups of all grains.
 * What is true is both together, so a reader adds the deltas that are not folded yet.
 */
export interface Rollup {
  readonly deltas: string;
  readonly rollups: string;
  readonly key: readonly string[];
  readonly sums: readonly string[];
  /** Sums that only the deltas have: what the fold takes away is told once, and kept nowhere. */
  readonly told: readonly string[];
}

/** What the ledger says, in db/schema/rollups.ts. */
export const costRollup: Rollup = {
  deltas: "cost_deltas",
  rollups: "cost_rollups",
  key: ["project_id", "step", "meter", "provider", "model", "waste"],
  sums: ["quantity", "nano_usd", "entries"],
  told: ["fresh_quantity", "fresh_nano_usd"],
};

/** What was ingested. */
export const ingestRollup: Rollup = {
  deltas: "ingest_deltas",
  rollups: "ingest_rollups",
  key: ["project_id"],
  sums: ["uploads", "bytes", "succeeded", "failed", "pages", "chunks", "searchable_ms"],
  told: [],
};

/** The names as SQL, with commas between them. */
export function names(columns: readonly string[]) {
  return sql.join(
    columns.map((column) => sql.identifier(column)),
    sql`, `,
  );
}

/** `set` of an upsert that adds to the row that is there, which must be called `known`. */
export function addToKnown(sums: readonly string[]) {
  const each = sums.map((column) => {
    const name = sql.identifier(column);
    return sql`${name} = known.${name} + excluded.${name}`;
  });
  return sql.join(each, sql`, `);
}
