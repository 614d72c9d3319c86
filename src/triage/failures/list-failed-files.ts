import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import { failureGroupFiles, failureGroups } from "../../db/schema/failures.ts";
import { files } from "../../db/schema/files.ts";
import { projects } from "../../db/schema/projects.ts";
import { WaybillError } from "../../kernel/errors.ts";
import type { FailedFile } from "./failure-view.ts";

const cursorKey = z.tuple([z.iso.datetime(), z.string()]);

/**
 * The files of a failure group, the one that failed last first.
 * @throws WaybillError failure_not_found; malformed_request for a cursor of another list
 */
export async function listFailedFiles(
  { db }: Pick<DbContext, "db">,
  input: { readonly groupId: string; readonly standing?: boolean | undefined } & PageRequest,
): Promise<{ items: FailedFile[]; nextCursor: string | null }> {
  const { groupId, standing } = input;
  const before = parseCursor(cursorKey, input.cursor);
  const [group] = await db
    .select({ id: failureGroups.id })
    .from(failureGroups)
    .where(eq(failureGroups.id, groupId));
  if (group === undefined) throw new WaybillError("failure_not_found", { details: { id: groupId } });
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
    items: rows.map((row) => ({ ...row, lastFailedAt: row.lastFailedAt.toISOString() })),
    nextCursor: last && formatCursor([last.lastFailedAt.toISOString(), last.fileId]),
  };
}
