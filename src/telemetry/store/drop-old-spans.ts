import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import type { DbContext } from "../../db/context.ts";
import { changeStore, partitionExists } from "./change-store.ts";
import { dayFrom, partitionOf } from "./partition-names.ts";

/** What a pass of retention removed. */
export interface DroppedSpans {
  /** Whole days. */
  readonly partitionsDropped: number;
  /** Days whose locks were not to be had: they go at the next pass. */
  readonly partitionsLeft: number;
  /** Spans of the default partition. */
  readonly spansDeleted: number;
}

/**
 * Drops the days of the trace store that are older than `keepDays`, which are counted back from today. What is
 * reckoned from spans or costs (sums, the ledger, steps and attempts) stays. Safe to run again, or twice at once.
 */
export async function dropOldSpans(
  { db, clock }: DbContext,
  options: { keepDays: number },
): Promise<DroppedSpans> {
  const firstKept = dayFrom(clock.now(), -options.keepDays);
  const old = await oldPartitions(db, partitionOf(firstKept));
  let partitionsDropped = 0;
  for (const name of old) if (await dropPartition(db, name)) partitionsDropped += 1;
  const { rowCount } = await db.execute(
    sql`delete from spans_default where started_at < ${`${firstKept}T00:00:00Z`}::timestamptz`,
  );
  return {
    partitionsDropped,
    partitionsLeft: (await oldPartitions(db, partitionOf(firstKept))).length,
    spansDeleted: rowCount ?? 0,
  };
}

async function oldPartitions(db: Db, firstKept: string): Promise<string[]> {
  const { rows } = await db.execute(sql`
    select pg_class.relname as name
    from pg_inherits join pg_class on pg_class.oid = pg_inherits.inhrelid
    where pg_inherits.inhparent = 'spans'::regclass
      and pg_class.relname ~ '^spans_[0-9]{8}$' and pg_class.relname < ${firstKept}
    order by pg_class.relname`);
  return z
    .array(z.object({ name: z.string() }))
    .parse(rows)
    .map(({ name }) => name);
}

function dropPartition(db: Db, name: string): Promise<boolean> {
  return changeStore(db, async (tx) => {
    if (!(await partitionExists(tx, name))) return false;
    await tx.execute(sql`drop table ${sql.identifier(name)}`);
    return true;
  });
}
