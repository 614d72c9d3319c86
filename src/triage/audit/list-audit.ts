import { and, eq, gte, inArray, lt, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { AuditAction } from "../../db/audit-actions.ts";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import { auditEntries, auditSubjects } from "../../db/schema/audit.ts";
import { files } from "../../db/schema/files.ts";
import { projects } from "../../db/schema/projects.ts";
import type { AuditFilter } from "./audit-filter.ts";
import type { AuditEntryView } from "./audit-view.ts";

const cursorKey = z.tuple([z.iso.datetime(), z.string()]);
type Place = z.output<typeof cursorKey> | null;

/** What people changed, newest first. @throws WaybillError malformed_request for a cursor of another list */
export async function listAudit(
  { db }: Pick<DbContext, "db">,
  input: AuditFilter & PageRequest,
): Promise<{ items: AuditEntryView[]; nextCursor: string | null }> {
  const most = input.limit + 1;
  const found = await db
    .select({ entry: auditEntries, fileName: files.name, project: projects.slug })
    .from(auditEntries)
    .leftJoin(files, eq(files.id, auditEntries.fileId))
    .leftJoin(projects, eq(projects.id, files.projectId))
    .where(inArray(auditEntries.id, idsOf(input, parseCursor(cursorKey, input.cursor), most)))
    .orderBy(sql`${auditEntries.at} desc`, sql`${auditEntries.id} desc`)
    .limit(most);
  const { rows, last } = cutPage(found, input.limit);
  return {
    items: rows.map(({ entry: { idempotencyKey: _, ...entry }, fileName, project }) => {
      return { ...entry, at: entry.at.toISOString(), fileName, project };
    }),
    nextCursor: last && formatCursor([last.entry.at.toISOString(), last.entry.id]),
  };
}

/** The newest entries of a filter, each way along the index that has them in order. */
function idsOf(filter: AuditFilter, place: Place, most: number): SQL {
  const { actions = [], subject, projectId } = filter;
  const about = subject ?? projectId;
  if (about !== undefined) return ofSubject(about, filter, place, most);
  if (actions.length < 2) return inOrder([...conditions(filter, place), actionIs(actions[0])], most);
  // Of several actions the newest of each, and of those the newest: one scan for all might pass over many others.
  const each = inOrder([...conditions(filter, place), sql`${auditEntries.action} = wanted.action`], most);
  const wanted = sql.join(
    actions.map((action) => sql`${action}`),
    sql`, `,
  );
  return sql`(select newest.id from unnest(array[${wanted}]::text[]) wanted(action) cross join lateral ${each} newest)`;
}

function inOrder(where: readonly (SQL | undefined)[], most: number): SQL {
  // "nulls last" is how the index is ordered: without it Postgres sorts all rows, though none is null.
  return sql`(select ${auditEntries.id} from ${auditEntries} where ${and(sql`true`, ...where)}
    order by ${auditEntries.at} desc nulls last, ${auditEntries.id} desc nulls last limit ${most}::int)`;
}

/** About one thing, or in one project; of both, those about the thing that are in the project too. */
function ofSubject(about: string, filter: AuditFilter, place: Place, most: number): SQL {
  const { actions, subject, projectId } = filter;
  const both = subject !== undefined && projectId !== undefined;
  const where = and(
    eq(auditSubjects.subject, about),
    place === null
      ? undefined
      : sql`(${auditSubjects.at}, ${auditSubjects.entryId}) < (${place[0]}::timestamptz, ${place[1]})`,
    filter.since && gte(auditSubjects.at, filter.since),
    filter.until && lt(auditSubjects.at, filter.until),
    both
      ? sql`exists (select from ${auditSubjects} other where other.subject = ${projectId}
          and other.at = ${auditSubjects.at} and other.entry_id = ${auditSubjects.entryId})`
      : undefined,
    actions && inArray(auditEntries.action, [...actions]),
    ...ownConditions(filter),
  );
  return sql`(select ${auditSubjects.entryId} from ${auditSubjects}
    join ${auditEntries} on ${auditEntries.id} = ${auditSubjects.entryId} where ${where}
    order by ${auditSubjects.at} desc, ${auditSubjects.entryId} desc limit ${most}::int)`;
}

function actionIs(action: AuditAction | undefined): SQL | undefined {
  return action === undefined ? undefined : eq(auditEntries.action, action);
}

function ownConditions({ keyId, fileId }: AuditFilter): (SQL | undefined)[] {
  return [
    keyId === undefined ? undefined : eq(auditEntries.keyId, keyId),
    fileId === undefined ? undefined : eq(auditEntries.fileId, fileId),
  ];
}

function conditions(filter: AuditFilter, place: Place): (SQL | undefined)[] {
  return [
    ...ownConditions(filter),
    filter.since && gte(auditEntries.at, filter.since),
    filter.until && lt(auditEntries.at, filter.until),
    place === null
      ? undefined
      : sql`(${auditEntries.at}, ${auditEntries.id}) < (${place[0]}::timestamptz, ${place[1]})`,
  ];
}
