import { and, eq, sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import type { DbContext } from "../../db/context.ts";
import { failureGroupFiles, failures } from "../../db/schema/failures.ts";
import { files } from "../../db/schema/files.ts";
import { projects } from "../../db/schema/projects.ts";
import { runs } from "../../db/schema/runs.ts";
import type { CommonView } from "./common-view.ts";
import { compareFiles } from "./compare-files.ts";
import type { ComparedFile } from "./file-traits.ts";
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
  const failed = await newestFailed(db, groupId);
  const succeeded = await newestSucceeded(db);
  return {
    capped: failed.length > most || succeeded.length > most,
    traits: compareFiles(failed.slice(0, most), succeeded.slice(0, most)),
  };
}

// Both take the newest before they join anything: Postgres would join all that there are and then cut.
// "nulls last" is how the indexes are ordered: without it Postgres sorts all rows, though none is null.

function newestFailed(db: Db, groupId: string): Promise<ComparedFile[]> {
  const { fileId, lastFailedAt } = failureGroupFiles;
  const newest = db
    .select({ fileId, lastFailedAt })
    .from(failureGroupFiles)
    .where(eq(failureGroupFiles.groupId, groupId))
    .orderBy(sql`${lastFailedAt} desc nulls last`, sql`${fileId} desc nulls last`)
    .limit(most + 1)
    .as("newest");
  const itsFailure = and(
    eq(failures.fileId, newest.fileId),
    eq(failures.at, newest.lastFailedAt),
    eq(failures.groupId, groupId),
  );
  return db
    .select(compared)
    .from(newest)
    .innerJoin(files, eq(files.id, newest.fileId))
    .innerJoin(projects, eq(projects.id, files.projectId))
    .leftJoin(failures, itsFailure)
    .leftJoin(runs, eq(runs.id, failures.runId));
}

function newestSucceeded(db: Db): Promise<ComparedFile[]> {
  const newest = db
    .select({ id: files.id })
    .from(files)
    .where(eq(files.status, "succeeded"))
    .orderBy(sql`${files.createdAt} desc nulls last`, sql`${files.id} desc nulls last`)
    .limit(most + 1)
    .as("newest");
  return db
    .select(compared)
    .from(newest)
    .innerJoin(files, eq(files.id, newest.id))
    .innerJoin(projects, eq(projects.id, files.projectId))
    .leftJoin(runs, eq(runs.id, files.latestRunId));
}
