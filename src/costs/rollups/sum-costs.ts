import { and, type SQL, sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { readRollup } from "./read-rollup.ts";
import { costRollup } from "./rollup.ts";

/** Before every entry, and after. */
const always = [new Date("2000-01-01T00:00:00Z"), new Date("3000-01-01T00:00:00Z")] as const;

/** Whose costs; what is left out does not matter. */
export interface CostScope {
  readonly projectId?: string | undefined;
  readonly step?: string | undefined;
}

/**
 * What was spent in a span of time, to the nano-USD: the same as the sum of the ledger's entries of that time in
 * the same snapshot.
 * @param span each end on a quarter hour of UTC; left out: from the beginning, or without end
 */
export async function sumCosts(
  db: Db,
  scope: CostScope,
  span: { readonly from?: Date | undefined; readonly to?: Date | undefined } = {},
): Promise<bigint> {
  const boundaries = [span.from ?? always[0], span.to ?? always[1]];
  const [row] = await readRollup(db, costRollup, { boundaries, by: [], where: scopeCondition(scope) });
  return row?.sums.nano_usd ?? 0n;
}

/**
 * What was spent between each two of some times, as one sum each.
 * @param boundaries in ascending order, each on a quarter hour of UTC
 */
export async function sumCostsBetween(
  db: Db,
  scope: CostScope,
  boundaries: readonly Date[],
): Promise<bigint[]> {
  const rows = await readRollup(db, costRollup, { boundaries, by: [], where: scopeCondition(scope) });
  const sums = new Map(rows.map((row) => [row.place, row.sums.nano_usd ?? 0n]));
  return boundaries.slice(1).map((_, place) => sums.get(place) ?? 0n);
}

function scopeCondition({ projectId, step }: CostScope): SQL | undefined {
  return and(
    projectId === undefined ? undefined : sql`project_id = ${projectId}`,
    step === undefined ? undefined : sql`step = ${step}`,
  );
}
