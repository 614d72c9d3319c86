import { sql } from "drizzle-orm";
import type { Db } from "../../../db/client.ts";
import {
  failureGroupFiles,
  failureGroupHours,
  failureGroupProjects,
  failureGroups,
  failures,
} from "../../../db/schema/failures.ts";
import { files } from "../../../db/schema/files.ts";

/** Makes a group's sums and hours anew from its failures and files, of which it has some; under its lock. */
export async function recountGroup(tx: Db, groupId: string): Promise<void> {
  const own = sql`from ${failures} where ${failures.groupId} = ${groupId}`;
  await tx.execute(sql`
    update ${failureGroups} set
      message = (select message ${own} order by at desc, id desc limit 1),
      failures = summed.failures, attempts = summed.attempts, wasted_nano_usd = summed.wasted,
      files = counted.files, standing = counted.standing,
      first_seen_at = summed.first, last_seen_at = summed.last,
      graph_versions = array(select graph_version ${own} group by graph_version order by min(at), graph_version),
      deployments = array(select deployment ${own} and deployment is not null
                          group by deployment order by min(at), deployment)
    from (select count(*)::int as failures, sum(attempts)::int as attempts, sum(wasted_nano_usd)::bigint as wasted,
                 min(at) as first, max(at) as last ${own}) summed,
         (select count(*)::int as files, (count(*) filter (where standing))::int as standing
          from ${failureGroupFiles} where group_id = ${groupId}) counted
    where ${failureGroups.id} = ${groupId}`);
  await tx.execute(sql`delete from ${failureGroupHours} where group_id = ${groupId}`);
  await tx.execute(sql`
    insert into ${failureGroupHours} (group_id, hour, failures)
    select ${groupId}::text, date_trunc('hour', at, 'UTC'), count(*)::int ${own} group by 2`);
  await recountProjects(tx, groupId);
}

/** Names the projects of a group's files anew; none where it has no file any longer. */
export async function recountProjects(tx: Db, groupId: string): Promise<void> {
  await tx.execute(sql`delete from ${failureGroupProjects} where group_id = ${groupId}`);
  await tx.execute(sql`
    insert into ${failureGroupProjects} (project_id, group_id)
    select distinct project_id, ${groupId}::text from ${failureGroupFiles}
    join ${files} on ${files.id} = ${failureGroupFiles.fileId} where ${failureGroupFiles.groupId} = ${groupId}`);
}

/**
 * Locks the rows of these groups' files in the order in which one who ends a file's row locks them (jobs/failures),
 * so that neither waits for the other.
 */
export async function lockGroupFiles(tx: Db, groupIds: readonly [string, ...string[]]): Promise<void> {
  const named = sql.join(
    groupIds.map((id) => sql`${id}`),
    sql`, `,
  );
  await tx.execute(sql`
    select count(*) from (select from ${failureGroupFiles} where group_id in (${named})
                          order by file_id, group_id for update) locked`);
}
