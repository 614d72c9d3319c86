import { sql } from "drizzle-orm";
import type { Db } from "../../../db/client.ts";
import {
  failureGroupFiles,
  failureGroupProjects,
  failureGroups,
  failures,
} from "../../../db/schema/failures.ts";
import { files } from "../../../db/schema/files.ts";

/**
 * Tells anew what a group's failures say besides the sums: the newest sentence, since when, under which versions and in
 * which projects; under its lock. Looks at all of them.
 */
export async function retell(tx: Db, groupId: string): Promise<void> {
  const own = sql`from ${failures} where ${failures.groupId} = ${groupId}`;
  await tx.execute(sql`
    update ${failureGroups} set
      message = (select message ${own} order by at desc, id desc limit 1),
      first_seen_at = (select min(at) ${own}), last_seen_at = (select max(at) ${own}),
      graph_versions = array(select graph_version ${own} group by graph_version order by min(at), graph_version),
      deployments = array(select deployment ${own} and deployment is not null
                          group by deployment order by min(at), deployment)
    where ${failureGroups.id} = ${groupId} and exists (select ${own})`);
  await tx.execute(sql`delete from ${failureGroupProjects} where group_id = ${groupId}`);
  await tx.execute(sql`
    insert into ${failureGroupProjects} (project_id, group_id)
    select distinct project_id, ${groupId}::text from ${failureGroupFiles}
    join ${files} on ${files.id} = ${failureGroupFiles.fileId} where ${failureGroupFiles.groupId} = ${groupId}`);
}
