import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import { cover } from "./cover.ts";
import { names, type Rollup } from "./rollup.ts";

/** What is asked of a rollup. */
export interface RollupQuestion {
  /** The spans of time, by the times between them, in ascending order; each on a quarter hour of UTC. */
  readonly boundaries: readonly Date[];
  /** By which columns of the key, besides the span. */
  readonly by: readonly string[];
  /** A condition on the columns of the key. */
  readonly where?: SQL | undefined;
}

/** Sums of one span and one value of each column that was asked for. */
export interface RollupRow {
  /** Which of the spans, from 0. */
  readonly place: number;
  readonly key: Readonly<Record<string, string | null>>;
  readonly sums: Readonly<Record<string, bigint>>;
}

/** Sums as they are in one snapshot, those that are not folded yet among them. */
export async function readRollup(db: Db, rollup: Rollup, asked: RollupQuestion): Promise<RollupRow[]> {
  const { rows } = await db.execute(rollupQuery(rollup, asked));
  return rows.map((row) => ({
    place: z.number().parse(row.place),
    key: Object.fromEntries(asked.by.map((column) => [column, z.string().nullable().parse(row[column])])),
    sums: Object.fromEntries(rollup.sums.map((column) => [column, BigInt(z.string().parse(row[column]))])),
  }));
}

/** Each segment is looked up by itself, so that only the buckets that it is made of are read. */
function rollupQuery({ deltas, rollups, sums }: Rollup, { boundaries, by, where }: RollupQuestion): SQL {
  const spans = boundaries.slice(0, -1).map((from, place) => ({ place, from, to: boundaries[place + 1] }));
  const keys = by.length === 0 ? sql`` : sql`, ${names(by)}`;
  const [grouped, keyed] =
    by.length === 0 ? [sql``, sql``] : [sql`group by ${names(by)}`, sql`${names(by)}, `];
  const each = (part: (name: SQL) => SQL) =>
    sql.join(
      sums.map((column) => part(sql`${sql.identifier(column)}`)),
      sql`, `,
    );
  const sumOf = (table: string, span: string) => sql`
    select ${keyed}${each((name) => sql`sum(${name}) as ${name}`)} from ${sql.identifier(table)}
    where bucket >= ${sql.identifier(span)}."from" and bucket < ${sql.identifier(span)}."to" and ${where ?? sql`true`}`;
  return sql`
    select place${keys}, ${each((name) => sql`sum(${name})::text as ${name}`)} from (
      select place${keys}, ${each((name) => sql`sign * ${name} as ${name}`)}
      from jsonb_to_recordset(${JSON.stringify(cover(boundaries))}::jsonb)
             as segment(place int, sign int, grain text, "from" timestamptz, "to" timestamptz)
      cross join lateral (${sumOf(rollups, "segment")} and grain = segment.grain ${grouped}) summed
      union all
      select place${keys}, ${names(sums)}
      from jsonb_to_recordset(${JSON.stringify(spans)}::jsonb)
             as span(place int, "from" timestamptz, "to" timestamptz)
      cross join lateral (${sumOf(deltas, "span")} ${grouped}) summed
    ) both_tables
    group by place${keys}
    having ${sql.join(
      sums.map((column) => sql`sum(${sql.identifier(column)}) <> 0`),
      sql` or `,
    )}
    order by place${keys}`;
}
