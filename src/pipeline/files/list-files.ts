import { and, eq, gte, ilike, inArray, lt, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import { files } from "../../db/schema/files.ts";
import { projects } from "../../db/schema/projects.ts";
import { findProject } from "../projects/find-project.ts";
import { summaryColumns, toFileSummary } from "./file-summary-row.ts";
import type { FileStatus, FileSummary, ListPage } from "./file-view.ts";

/** Which files a list shows; what is left out does not matter. */
export interface FileFilter {
  /** A project's slug. */
  readonly project?: string | undefined;
  /** Any of these. */
  readonly statuses?: readonly FileStatus[] | undefined;
  /** A part of the name, in any case. */
  readonly name?: string | undefined;
  /** The step at which it stands failed. */
  readonly step?: string | undefined;
  /** From this time on. */
  readonly createdAfter?: Date | undefined;
  /** Before this time. */
  readonly createdBefore?: Date | undefined;
}

const cursorKey = z.tuple([z.iso.datetime(), z.string()]);
// The indexes are made with `nulls last`: without the same words Postgres would not read them in order.
const order = [sql`${files.createdAt} desc nulls last`, sql`${files.id} desc nulls last`];

/**
 * Files, newest first.
 * @throws WaybillError project_not_found, or malformed_request for a cursor of another list
 */
export async function listFiles(
  { db }: Pick<DbContext, "db">,
  input: FileFilter & PageRequest,
): Promise<ListPage<FileSummary>> {
  const project = input.project === undefined ? undefined : await findProject({ db }, input.project);
  const after = parseCursor(cursorKey, input.cursor);
  const conditions = and(
    project && eq(files.projectId, project.id),
    input.name ? ilike(files.name, `%${escapePattern(input.name)}%`) : undefined,
    input.step === undefined ? undefined : eq(files.failedStep, input.step),
    input.createdAfter && gte(files.createdAt, input.createdAfter),
    input.createdBefore && lt(files.createdAt, input.createdBefore),
    after === null
      ? undefined
      : sql`(${files.createdAt}, ${files.id}) < (${after[0]}::timestamptz, ${after[1]})`,
  );
  const wanted = selectIds(db, input.statuses ?? [], conditions, input.limit + 1);
  const found = await db
    .select(summaryColumns)
    .from(files)
    .innerJoin(projects, eq(projects.id, files.projectId))
    .where(inArray(files.id, wanted))
    .orderBy(...order);
  const { rows, last } = cutPage(found, input.limit);
  return {
    items: rows.map((row) => toFileSummary(row)),
    nextCursor: last && formatCursor([last.createdAt.toISOString(), last.id]),
  };
}

/**
 * The ids of one page. Each status is read by itself from the index that has it in front: `status in (…)`
 * would walk through all newer files until enough of a rare status are found.
 */
function selectIds(db: Db, statuses: readonly FileStatus[], conditions: SQL | undefined, limit: number): SQL {
  const ofStatus = (status: FileStatus | undefined) =>
    db
      .select({ id: files.id, createdAt: files.createdAt })
      .from(files)
      .where(status === undefined ? conditions : and(eq(files.status, status), conditions))
      .orderBy(...order)
      .limit(limit);
  const branches = (statuses.length === 0 ? [undefined] : [...new Set(statuses)]).map(
    (status) => sql`(${ofStatus(status)})`,
  );
  const merged = sql.join(branches, sql` union all `);
  return sql`(select id from (${merged}) as page order by created_at desc nulls last, id desc nulls last limit ${limit})`;
}

function escapePattern(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}
