import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import type { DbContext } from "../../db/context.ts";
import { changeStore, partitionExists } from "./change-store.ts";
import { dayFrom, partitionOf } from "./partition-names.ts";

/** For how many days after today partitions are there beforehand. */
const daysAhead = 3;

/**
 * Makes the partitions of today and the next days, and those of the days whose spans had to go to the default
 * partition, which they then leave. Where the locks are not to be had the rest is left for the next call:
 * until then the default partition takes those spans.
 * @returns how many partitions were made
 */
export async function preparePartitions({ db, clock }: DbContext): Promise<number> {
  let made = 0;
  for (const day of await missingDays(db, clock.now())) {
    // Whoever holds the lock, or makes partitions too, is not waited for day by day.
    if (!(await makePartition(db, day))) break;
    made += 1;
  }
  return made;
}

async function missingDays(db: Db, now: Date): Promise<string[]> {
  const last = dayFrom(now, daysAhead);
  const { rows } = await db.execute(sql`
    select to_char(day, 'YYYY-MM-DD') as day
    from (
      select generate_series(${dayFrom(now, 0)}::date, ${last}::date, '1 day')::date as day
      union
      select (started_at at time zone 'UTC')::date from spans_default
    ) as wanted
    where day <= ${last}::date and to_regclass('spans_' || to_char(day, 'YYYYMMDD')) is null
    order by day`);
  return z
    .array(z.object({ day: z.string() }))
    .parse(rows)
    .map(({ day }) => day);
}

async function makePartition(db: Db, day: string): Promise<boolean> {
  const name = sql.identifier(partitionOf(day));
  const from = new Date(`${day}T00:00:00Z`);
  const [fromText, toText] = [from.toISOString(), new Date(from.getTime() + 86_400_000).toISOString()];
  return changeStore(db, async (tx) => {
    if (await partitionExists(tx, partitionOf(day))) return false;
    // From here on no span of the day can come into the default partition.
    await tx.execute(sql`lock table spans_default in access exclusive mode`);
    await tx.execute(sql`create table ${name} (like spans including defaults)`);
    await tx.execute(sql`
      with moved as (
        delete from spans_default
        where started_at >= ${fromText}::timestamptz and started_at < ${toText}::timestamptz returning *
      )
      insert into ${name} select * from moved`);
    // Attaching locks the day's and the default partition alone; creating it in place would lock all of them.
    const bounds = sql.raw(`from ('${fromText}') to ('${toText}')`);
    await tx.execute(sql`alter table spans attach partition ${name} for values ${bounds}`);
    return true;
  });
}
