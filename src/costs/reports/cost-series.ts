import type { DbContext } from "../../db/context.ts";
import type { LedgerFilter } from "../ledger/ledger-filter.ts";
import { rollupCondition } from "../ledger/sum-ledger.ts";
import { type RollupRow, readRollup } from "../rollups/read-rollup.ts";
import { costRollup } from "../rollups/rollup.ts";
import { type BucketedTime, timeBuckets } from "./time-buckets.ts";

/** What costs are told apart by. */
export const costDimensions = ["project", "step", "meter", "provider", "model", "waste"] as const;
type CostDimension = (typeof costDimensions)[number];

/** How many lines a chart has; the rest is one line together. */
const mostSeries = 12;

/** One line of a chart, with a point for each bucket. */
export interface CostSeries {
  /** A project's id, the name of a step or meter, …; null for what has none, or what was not for nothing. */
  readonly key: string | null;
  /** True for the line of all that have no line of their own. */
  readonly others: boolean;
  readonly nanoUsd: bigint;
  readonly points: readonly { readonly nanoUsd: bigint; readonly entries: bigint }[];
}

/** Costs over time. */
export interface CostChart {
  /** The times between the buckets: one more than there are points. */
  readonly boundaries: readonly Date[];
  /** Dearest first. */
  readonly series: readonly CostSeries[];
  readonly nanoUsd: bigint;
}

/**
 * What was spent in each bucket, told apart by one thing. The buckets are whole: the first may begin before the
 * time that is asked for, and the last end after it.
 * @throws WaybillError malformed_request for too many buckets
 */
export async function costSeries(
  { db }: Pick<DbContext, "db">,
  asked: { time: BucketedTime; by: CostDimension; filter: LedgerFilter },
): Promise<CostChart> {
  const boundaries = await timeBuckets(db, asked.time);
  const column = asked.by === "project" ? "project_id" : asked.by;
  const where = rollupCondition(asked.filter);
  const rows = await readRollup(db, costRollup, { boundaries, by: [column], where });
  const groups = [...Map.groupBy(rows, ({ key }) => key[column] ?? null)];
  const ranked = groups
    .map(([key, group]) => ({ key, group, nanoUsd: total(group) }))
    .sort((a, b) => Number(b.nanoUsd - a.nanoUsd) || String(a.key).localeCompare(String(b.key)));
  const shown = ranked.length > mostSeries ? mostSeries - 1 : ranked.length;
  const rest = ranked.slice(shown).flatMap(({ group }) => group);
  const toSeries = (key: string | null, group: readonly RollupRow[], others: boolean) => ({
    key,
    others,
    nanoUsd: total(group),
    points: pointsOf(group, boundaries.length - 1),
  });
  return {
    boundaries,
    series: [
      ...ranked.slice(0, shown).map(({ key, group }) => toSeries(key, group, false)),
      ...(rest.length > 0 ? [toSeries(null, rest, true)] : []),
    ],
    nanoUsd: total(rows),
  };
}

function total(rows: readonly RollupRow[]): bigint {
  return rows.reduce((sum, { sums }) => sum + (sums.nano_usd ?? 0n), 0n);
}

function pointsOf(rows: readonly RollupRow[], count: number): CostSeries["points"] {
  const points = Array.from({ length: count }, () => ({ nanoUsd: 0n, entries: 0n }));
  for (const { place, sums } of rows) {
    const point = points[place];
    if (point === undefined) continue;
    point.nanoUsd += sums.nano_usd ?? 0n;
    point.entries += sums.entries ?? 0n;
  }
  return points;
}
