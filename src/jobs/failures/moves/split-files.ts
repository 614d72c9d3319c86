import { sql } from "drizzle-orm";
import type { Db } from "../../../db/client.ts";
import { failureGroupFiles, failures } from "../../../db/schema/failures.ts";
import type { Move } from "./move.ts";

/**
 * These files follow their failures, which have moved. A file of both sides stands failed by the side of its newest
 * failure, and has failed so often in a row as the newest of them were of that side. Under the groups' locks.
 */
export async function splitFiles(
  tx: Db,
  { fromGroupId: from, intoGroupId: into }: Pick<Move, "fromGroupId" | "intoGroupId">,
  fileIds: readonly string[],
): Promise<void> {
  // How the failures of each file that has moved ones lie: the last of each side, and how many came after the other's.
  await tx.execute(sql`
    with moved as (
      select file_id, max(at) as last from ${failures}
      where group_id = ${into} and file_id = any(${sql.param([...fileIds])}::text[]) group by file_id),
    sides as (
      select moved.file_id, moved.last as moved_last, kept.last as kept_last, kept.tail as kept_tail,
             (select count(*)::int from ${failures} f where f.file_id = moved.file_id and f.group_id = ${into}
                and (kept.last is null or f.at > kept.last)) as moved_tail,
             kept.last is null or moved.last > kept.last as newest_moved,
             old.times + coalesce(new.times, 0) as times,
             old.standing or coalesce(new.standing, false) as standing
      from moved cross join lateral (
        select max(at) as last, (count(*) filter (where at > moved.last))::int as tail
        from ${failures} f where f.file_id = moved.file_id and f.group_id = ${from}) kept
      join ${failureGroupFiles} old on old.group_id = ${from} and old.file_id = moved.file_id
      left join ${failureGroupFiles} new on new.group_id = ${into} and new.file_id = moved.file_id),
    given as (
      insert into ${failureGroupFiles} (group_id, file_id, times, standing, last_failed_at)
      select ${into}::text, file_id, case when newest_moved then least(times, moved_tail) else 0 end,
             newest_moved and standing, moved_last from sides
      on conflict (group_id, file_id) do update set
        times = excluded.times, standing = excluded.standing, last_failed_at = excluded.last_failed_at),
    gone as (
      delete from ${failureGroupFiles} old using sides
      where old.group_id = ${from} and old.file_id = sides.file_id and kept_last is null)
    update ${failureGroupFiles} old set
      times = case when newest_moved then 0 else least(sides.times, kept_tail) end,
      standing = sides.standing and not newest_moved, last_failed_at = kept_last
    from sides where old.group_id = ${from} and old.file_id = sides.file_id and kept_last is not null`);
}
