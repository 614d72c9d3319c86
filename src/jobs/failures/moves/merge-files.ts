import { sql } from "drizzle-orm";
import type { Db } from "../../../db/client.ts";
import { failureGroupFiles } from "../../../db/schema/failures.ts";
import type { Move } from "./move.ts";

/**
 * These files of a group become files of the other one. A file that both have is one file; how often in a row it failed
 * is said by one of the two rows, the other has 0, or by both where it failed again since the merge.
 */
export async function mergeFiles(
  tx: Db,
  { fromGroupId: from, intoGroupId: into }: Pick<Move, "fromGroupId" | "intoGroupId">,
  fileIds: readonly string[],
): Promise<void> {
  await tx.execute(sql`
    with gone as (
      delete from ${failureGroupFiles}
      where group_id = ${from} and file_id = any(${sql.param([...fileIds])}::text[])
      returning file_id, times, standing, last_failed_at)
    insert into ${failureGroupFiles} as kept (group_id, file_id, times, standing, last_failed_at)
    select ${into}::text, file_id, times, standing, last_failed_at from gone
    on conflict (group_id, file_id) do update set
      times = kept.times + excluded.times, standing = kept.standing or excluded.standing,
      last_failed_at = greatest(kept.last_failed_at, excluded.last_failed_at)`);
}
