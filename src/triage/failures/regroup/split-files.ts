import { sql } from "drizzle-orm";
import type { Db } from "../../../db/client.ts";
import { failureGroupFiles, failures } from "../../../db/schema/failures.ts";

/**
 * Moves the failures that have the part, and the files with them. A file of both sides stands failed by the side of
 * its newest failure, and has failed so often in a row as the newest of them were of that side. Under the group's lock.
 */
export async function splitFiles(
  tx: Db,
  { id, into, contains }: { readonly id: string; readonly into: string; readonly contains: string },
): Promise<void> {
  const moves = sql`strpos(${failures.message}, ${contains}) > 0`;
  await tx.execute(sql`
    update ${failures} set group_id = ${into} where ${failures.groupId} = ${id} and ${moves}`);
  // How the failures of each file that has moved ones lie: the last of each side, and how many came after the other's.
  const sides = sql`
    with moved as (select file_id, max(at) as last from ${failures} where group_id = ${into} group by file_id),
    sides as (
      select moved.file_id, moved.last as moved_last, kept.last as kept_last, kept.tail as kept_tail,
             (select count(*)::int from ${failures} f where f.file_id = moved.file_id and f.group_id = ${into}
                and (kept.last is null or f.at > kept.last)) as moved_tail,
             kept.last is null or moved.last > kept.last as newest_moved
      from moved cross join lateral (
        select max(at) as last, (count(*) filter (where at > moved.last))::int as tail
        from ${failures} f where f.file_id = moved.file_id and f.group_id = ${id}) kept)`;
  await tx.execute(sql`${sides}
    insert into ${failureGroupFiles} (group_id, file_id, times, standing, last_failed_at)
    select ${into}::text, file_id, case when newest_moved then least(times, moved_tail) else 0 end,
           newest_moved and standing, moved_last
    from sides join ${failureGroupFiles} old using (file_id) where old.group_id = ${id}`);
  await tx.execute(sql`${sides}
    delete from ${failureGroupFiles} using sides
    where group_id = ${id} and ${failureGroupFiles}.file_id = sides.file_id and kept_last is null`);
  await tx.execute(sql`${sides}
    update ${failureGroupFiles} set
      times = case when newest_moved then 0 else least(times, kept_tail) end,
      standing = standing and not newest_moved, last_failed_at = kept_last
    from sides
    where group_id = ${id} and ${failureGroupFiles}.file_id = sides.file_id and kept_last is not null`);
}
