import { and, eq, sql } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import { failureGroupFiles, failures } from "../../db/schema/failures.ts";
import { files } from "../../db/schema/files.ts";
import { projects } from "../../db/schema/projects.ts";
import { runs } from "../../db/schema/runs.ts";
import type { CommonView } from "./common-view.ts";
import { compareFiles } from "./compare-files.ts";
import { findFailure } from "./find-failure.ts";

/** Most files of each kind that are compared: the newest. */
const most = 2000;

const compared = {
  mediaType: files.mediaType,
  bytes: files.bytes,
  pages: files.pages,
  project: projects.slug,
  graphVersion: runs.graphVersion,
  model: sql<string | null>`${runs.settings} ->> 'embeddingModel'`,
};

/**
 * What a group's files have in common that files which succeeded have not. Reads up to 4,000 files: asked for by
 * itself, and not with each look at the group.
 * @throws WaybillError failure_not_found
 */
export async function compareGroup({ db }: Pick<DbContext, "db">, groupId: string): Promise<CommonView> {
  await findFailure(db, groupId);
  const { fileId, lastFailedAt } = failureGroupFiles;
  const failed = await db
    .select(compared)
    .from(failureGroupFiles)
    .innerJoin(files, eq(files.id, fileId))
    .innerJoin(projects, eq(projects.id, files.projectId))
    .leftJoin(
      failures,
      and(eq(failures.fileId, fileId), eq(failures.at, lastFailedAt), eq(failures.groupId, groupId)),
    )
    .leftJoin(runs, eq(runs.id, failures.runId))
    .where(eq(failureGroupFiles.groupId, groupId))
    // "nulls last" is how the indexes are ordered: without it Postgres sorts all rows, though none is null.
    .orderBy(sql`${lastFailedAt} desc nulls last`, sql`${fileId} desc nulls last`)
    .limit(most + 1);
  const succeeded = await db
    .select(compared)
    .from(files)
    .innerJoin(projects, eq(projects.id, files.projectId))
    .leftJoin(runs, eq(runs.id, files.latestRunId))
    .where(eq(files.status, "succeeded"))
    .orderBy(sql`${files.createdAt} desc nulls last`, sql`${files.id} desc nulls last`)
    .limit(most + 1);
  return {
    capped: failed.length > most || succeeded.length > most,
    traits: compareFiles(failed.slice(0, most), succeeded.slice(0, most)),
  };
}
