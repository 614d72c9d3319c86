import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import { poisonAfter } from "../../db/failure-states.ts";
import { failureGroupFiles } from "../../db/schema/failures.ts";
import { files } from "../../db/schema/files.ts";
import { projects } from "../../db/schema/projects.ts";
import type { FailedFile } from "./failure-view.ts";
import type { Trait } from "./file-traits.ts";
import { findFailure } from "./find-failure.ts";
import { traitCondition } from "./trait-condition.ts";

const cursorKey = z.tuple([z.iso.datetime(), z.string()]);

/** Which files of a group; what is left out narrows nothing. */
interface FailedFilesFilter {
  readonly groupId: string;
  /** Whether they stand failed by it now. */
  readonly standing?: boolean | undefined;
  readonly trait?: Trait | undefined;
}

/**
 * The files of a failure group, the one that failed last first.
 * @throws WaybillError failure_not_found; malformed_request for a cursor of another list or a trait that cannot be
 */
export async function listFailedFiles(
  { db }: Pick<DbContext, "db">,
  input: FailedFilesFilter & PageRequest,
): Promise<{ items: FailedFile[]; nextCursor: string | null }> {
  const { groupId, standing, trait } = input;
  const before = parseCursor(cursorKey, input.cursor);
  await findFailure(db, groupId);
  const { lastFailedAt, fileId } = failureGroupFiles;
  const found = await db
    .select({
      fileId,
      name: files.name,
      project: projects.slug,
      status: files.status,
      standing: failureGroupFiles.standing,
      times: failureGroupFiles.times,
      lastFailedAt,
      bytes: files.bytes,
      pages: files.pages,
    })
    .from(failureGroupFiles)
    .innerJoin(files, eq(files.id, fileId))
    .innerJoin(projects, eq(projects.id, files.projectId))
    .where(
      and(
        eq(failureGroupFiles.groupId, groupId),
        standing === undefined ? undefined : eq(failureGroupFiles.standing, standing),
        trait && traitCondition(trait),
        before === null
          ? undefined
          : sql`(${lastFailedAt}, ${fileId}) < (${before[0]}::timestamptz, ${before[1]})`,
      ),
    )
    // "nulls last" is how the index is ordered: without it Postgres sorts all rows, though none is null.
    .orderBy(sql`${lastFailedAt} desc nulls last`, sql`${fileId} desc nulls last`)
    .limit(input.limit + 1);
  const { rows, last } = cutPage(found, input.limit);
  return {
    items: rows.map((row) => ({
      ...row,
      poison: row.times >= poisonAfter,
      lastFailedAt: row.lastFailedAt.toISOString(),
    })),
    nextCursor: last && formatCursor([last.lastFailedAt.toISOString(), last.fileId]),
  };
}
