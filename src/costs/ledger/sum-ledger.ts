import { and, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import type { DbContext } from "../../db/context.ts";
import { units } from "../prices/units.ts";
import { readRollup } from "../rollups/read-rollup.ts";
import { costRollup } from "../rollups/rollup.ts";
import { hasSums, isProject, type LedgerFilter, ledgerCondition, sumsCondition } from "./ledger-filter.ts";
import type { LedgerTotals } from "./ledger-view.ts";
import { newestEntries } from "./newest-entries.ts";
import { oneOf } from "./slices.ts";
import { withOwnerFile } from "./with-owner-file.ts";

/** Where there are no sums, this many entries are added up one by one at the most. */
const mostEntries = 100_000;
const quarterMs = 15 * 60_000;
const always = { from: new Date("2000-01-01T00:00:00Z"), to: new Date("3000-01-01T00:00:00Z") };

const nano = z.string().transform(BigInt);
const sumSchema = z.object({ meter: z.string(), quantity: nano, nano_usd: nano, entries: nano });
type MeterSum = z.output<typeof sumSchema>;

/**
 * What the entries that a filter lets through come to. From the sums by time, and, where the filter begins or ends
 * within a quarter hour, from the entries of that quarter hour. What those sums are not kept by is added up, up
 * to a number of entries, and said to be more where it is.
 */
export async function sumLedger({ db }: Pick<DbContext, "db">, asked: LedgerFilter): Promise<LedgerTotals> {
  if (!hasSums(asked)) {
    const filter = await withOwnerFile(db, asked);
    const found = newestEntries(filter, null, mostEntries + 1);
    return toTotals(
      await sumOf(db, sql`(select * from ${found} found limit ${mostEntries})`),
      await isMore(db, found),
    );
  }
  const [from, to] = [asked.from ?? always.from, asked.to ?? always.to];
  const [first, last] = [ceil(from), floor(to)];
  if (first >= last) return toTotals(await sumBetween(db, asked, from, to), false);
  const parts = await Promise.all([
    sumBetween(db, asked, from, first),
    summed(db, asked, first, last),
    sumBetween(db, asked, last, to),
  ]);
  return toTotals(parts.flat(), false);
}

/** The condition of a filter on the columns of a rollup. */
export function rollupCondition(filter: LedgerFilter): SQL | undefined {
  return and(
    sumsCondition(filter),
    filter.projectId === undefined ? undefined : isProject(filter.projectId),
    oneOf(sql`waste`, filter.waste),
    filter.useful && sql`waste is null`,
  );
}

async function summed(db: Db, filter: LedgerFilter, from: Date, to: Date): Promise<MeterSum[]> {
  const asked = { boundaries: [from, to], by: ["meter"], where: rollupCondition(filter) };
  const rows = await readRollup(db, costRollup, asked);
  return rows.map(({ key, sums }) => ({
    meter: key.meter ?? "",
    quantity: sums.quantity ?? 0n,
    nano_usd: sums.nano_usd ?? 0n,
    entries: sums.entries ?? 0n,
  }));
}

/** Of a span that is shorter than two quarter hours. */
async function sumBetween(db: Db, filter: LedgerFilter, from: Date, to: Date): Promise<MeterSum[]> {
  if (from >= to) return [];
  const wasted =
    filter.waste &&
    sql`exists (select from wasted_entries
    where entry_id = ledger.id and ${oneOf(sql`kind`, filter.waste)})`;
  const condition = and(ledgerCondition({ ...filter, from, to }), wasted);
  return sumOf(db, sql`(select * from ledger where ${condition})`);
}

async function sumOf(db: Db, source: SQL): Promise<MeterSum[]> {
  const { rows } = await db.execute(sql`
    select meter, sum(quantity)::text as quantity, sum(nano_usd)::text as nano_usd, count(*)::text as entries
    from ${source} entry group by meter`);
  return z.array(sumSchema).parse(rows);
}

async function isMore(db: Db, source: SQL): Promise<boolean> {
  const { rows } = await db.execute(sql`select from ${source} entry offset ${mostEntries} limit 1`);
  return rows.length > 0;
}

function toTotals(sums: readonly MeterSum[], capped: boolean): LedgerTotals {
  const add = (group: readonly MeterSum[], column: "quantity" | "nano_usd" | "entries") =>
    group.reduce((total, sum) => total + sum[column], 0n);
  const meters = [...Map.groupBy(sums, ({ meter }) => meter)].map(([meter, group]) => ({
    meter,
    unit: new Map<string, string>(Object.entries(units)).get(meter) ?? "",
    quantity: add(group, "quantity").toString(),
    entries: Number(add(group, "entries")),
    nanoUsd: add(group, "nano_usd"),
  }));
  meters.sort((a, b) => Number(b.nanoUsd - a.nanoUsd) || a.meter.localeCompare(b.meter));
  return {
    entries: Number(add(sums, "entries")),
    nanoUsd: add(sums, "nano_usd").toString(),
    capped,
    meters: meters.map((meter) => ({ ...meter, nanoUsd: meter.nanoUsd.toString() })),
  };
}

function ceil(at: Date): Date {
  return new Date(Math.ceil(at.getTime() / quarterMs) * quarterMs);
}

function floor(at: Date): Date {
  return new Date(Math.floor(at.getTime() / quarterMs) * quarterMs);
}
