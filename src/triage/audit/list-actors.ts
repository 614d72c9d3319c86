import { sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { auditEntries } from "../../db/schema/audit.ts";
import type { auditActorSchema } from "./audit-view.ts";

/** How many people are offered at most. */
const most = 500;

const rows = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    lastAt: z.coerce.date().transform((at) => at.toISOString()),
  }),
);

/**
 * Everybody who has an entry in the audit log, those first who have the newest; at most 500. Goes from one to the next
 * in the index: it costs by how many there are, and not by what they have done.
 */
export async function listActors({ db }: Pick<DbContext, "db">): Promise<z.infer<typeof auditActorSchema>[]> {
  const found = await db.execute(sql`
    with recursive actors(id) as (
      (select key_id from ${auditEntries} order by key_id limit 1)
      union all
      select (select key_id from ${auditEntries} entry where entry.key_id > actors.id order by key_id limit 1)
      from actors where actors.id is not null
    ), listed as (select id from actors where id is not null limit ${most}::int)
    select listed.id, newest.key_name as name, newest.at as "lastAt"
    from listed cross join lateral (
      select key_name, at from ${auditEntries} entry where entry.key_id = listed.id
      order by at desc nulls last, entry.id desc nulls last limit 1) newest
    order by newest.at desc, listed.id`);
  return rows.parse(found.rows);
}
