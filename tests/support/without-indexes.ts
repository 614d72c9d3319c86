import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../src/db/client.ts";

/**
 * Fills tables while they have no indexes but those that a constraint needs, and makes the others again in the end: a
 * fraction of the time for millions of rows. Only for a database of one's own, and of no use if `fill` fails.
 */
export async function withoutIndexes(
  db: Db,
  tables: readonly string[],
  fill: () => Promise<void>,
): Promise<void> {
  const { rows } = await db.execute(sql`
    select relname as name, pg_get_indexdef(indexrelid) as definition
    from pg_index join pg_class on pg_class.oid = indexrelid
    where indrelid = any(select unnest(${sql.param([...tables])}::text[])::regclass)
      and not exists (select from pg_constraint where conindid = indexrelid)`);
  const found = z.array(z.object({ name: z.string(), definition: z.string() })).parse(rows);
  for (const { name } of found) await db.execute(sql`drop index ${sql.identifier(name)}`);
  await fill();
  // Of a partitioned table the definition names the parent alone, without its days.
  for (const { definition } of found) await db.execute(sql.raw(definition.replace(" ON ONLY ", " ON ")));
}
