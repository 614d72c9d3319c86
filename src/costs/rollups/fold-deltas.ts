import { sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { addToKnown, names, type Rollup } from "./rollup.ts";

/** Most rows of deltas in one statement. */
const batchSize = 5_000;

/**
 * Moves what is in the deltas into the rollups of every grain. Rows that a transaction is adding to are left to
 * the next pass; two passes at once take different rows and lock the rollups in the same order.
 * @returns the rows that were moved
 */
export async function foldDeltas(db: Db, rollup: Rollup): Promise<Record<string, unknown>[]> {
  const moved: Record<string, unknown>[] = [];
  for (;;) {
    const { rows } = await db.execute(foldBatch(rollup));
    moved.push(...rows);
    if (rows.length < batchSize) return moved;
  }
}

function foldBatch({ deltas, rollups, key, sums, told }: Rollup) {
  const order = sql.join(
    [...key.keys()].map((at) => sql.raw(`${at + 3}`)),
    sql`, `,
  );
  const totals = sql.join(
    sums.map((column) => sql`sum(${sql.identifier(column)})`),
    sql`, `,
  );
  return sql`
    with free as materialized (
      select ctid from ${sql.identifier(deltas)} limit ${batchSize} for update skip locked
    ), taken as (
      delete from ${sql.identifier(deltas)} where ctid = any(array(select ctid from free))
      returning bucket, ${names(key)}, ${names([...sums, ...told])}
    ), folded as (
      insert into ${sql.identifier(rollups)} as known (grain, bucket, ${names(key)}, ${names(sums)})
      select grain, start, ${names(key)}, ${totals}
      from taken, lateral (values ('quarter', bucket), ('hour', date_trunc('hour', bucket, 'UTC')),
                                  ('day', date_trunc('day', bucket, 'UTC'))) as place(grain, start)
      group by grain, start, ${names(key)}
      order by 1, 2, ${order}
      on conflict (grain, bucket, ${names(key)}) do update set ${addToKnown(sums)}
    )
    select * from taken`;
}
