import { eq, sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { failureGroupFiles } from "../../db/schema/failures.ts";
import { files } from "../../db/schema/files.ts";
import { projects } from "../../db/schema/projects.ts";
import { compareFiles } from "./compare-files.ts";
import type { FailureView } from "./failure-view.ts";

/** Most files of each kind that are compared: the newest. */
const most = 2000;

const compared = {
  mediaType: files.mediaType,
  bytes: files.bytes,
  pages: files.pages,
  project: projects.slug,
};

/** What a group's files have in common that files which succeeded have not. */
export async function compareGroup(db: Db, groupId: string): Promise<Pick<FailureView, "capped" | "common">> {
  const failed = await db
    .select(compared)
    .from(failureGroupFiles)
    .innerJoin(files, eq(files.id, failureGroupFiles.fileId))
    .innerJoin(projects, eq(projects.id, files.projectId))
    .where(eq(failureGroupFiles.groupId, groupId))
    // "nulls last" is how the indexes are ordered: without it Postgres sorts all rows, though none is null.
    .orderBy(
      sql`${failureGroupFiles.lastFailedAt} desc nulls last`,
      sql`${failureGroupFiles.fileId} desc nulls last`,
    )
    .limit(most + 1);
  const succeeded = await db
    .select(compared)
    .from(files)
    .innerJoin(projects, eq(projects.id, files.projectId))
    .where(eq(files.status, "succeeded"))
    .orderBy(sql`${files.createdAt} desc nulls last`, sql`${files.id} desc nulls last`)
    .limit(most + 1);
  return {
    capped: failed.length > most || succeeded.length > most,
    common: compareFiles(failed.slice(0, most), succeeded.slice(0, most)),
  };
}
