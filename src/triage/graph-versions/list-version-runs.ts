import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import { files } from "../../db/schema/files.ts";
import { projects } from "../../db/schema/projects.ts";
import { runs } from "../../db/schema/runs.ts";
import { type FileStatus, fileStatuses } from "../../pipeline/files/file-view.ts";
import type { VersionRun } from "./graph-version-view.ts";

const cursorKey = z.tuple([z.iso.datetime(), z.string()]);

/**
 * The runs that go or went by a version of the graph, those that began last first.
 * @throws WaybillError malformed_request for a cursor of another list
 */
export async function listVersionRuns(
  { db }: Pick<DbContext, "db">,
  input: PageRequest & { readonly version: number; readonly statuses?: readonly FileStatus[] | undefined },
): Promise<{ items: VersionRun[]; nextCursor: string | null }> {
  const { version, statuses = fileStatuses, limit } = input;
  const after = parseCursor(cursorKey, input.cursor);
  const wanted = sql.join(
    statuses.map((status) => sql`${status}`),
    sql`, `,
  );
  // The newest of each status, and of those the newest: that is how the index has them.
  const newest = sql`(
    select newest.id from unnest(array[${wanted}]::text[]) wanted(status) cross join lateral (
      select run.id from ${runs} run where ${and(
        sql`run.graph_version = ${version}::integer and run.status = wanted.status`,
        after === null ? undefined : sql`(run.created_at, run.id) < (${after[0]}::timestamptz, ${after[1]})`,
      )}
      order by run.created_at desc nulls last, run.id desc nulls last limit ${limit + 1}::integer) newest)`;
  const found = await db
    .select({
      runId: runs.id,
      number: runs.number,
      fileId: runs.fileId,
      fileName: files.name,
      project: projects.slug,
      status: runs.status,
      createdAt: runs.createdAt,
      finishedAt: runs.finishedAt,
      costNanoUsd: runs.costNanoUsd,
    })
    .from(runs)
    .innerJoin(files, eq(files.id, runs.fileId))
    .innerJoin(projects, eq(projects.id, files.projectId))
    .where(inArray(runs.id, newest))
    .orderBy(sql`${runs.createdAt} desc`, sql`${runs.id} desc`)
    .limit(limit + 1);
  const { rows, last } = cutPage(found, limit);
  return {
    items: rows.map((run) => ({
      ...run,
      createdAt: run.createdAt.toISOString(),
      finishedAt: run.finishedAt?.toISOString() ?? null,
      costNanoUsd: run.costNanoUsd.toString(),
    })),
    nextCursor: last && formatCursor([last.createdAt.toISOString(), last.runId]),
  };
}
