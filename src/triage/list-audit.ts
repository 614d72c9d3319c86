import { and, eq, gte, inArray, lt, sql } from "drizzle-orm";
import { z } from "zod";
import type { AuditAction } from "../db/audit-actions.ts";
import type { DbContext } from "../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../db/cursor.ts";
import { auditEntries } from "../db/schema/audit.ts";
import type { AuditEntryView } from "./audit-view.ts";

const cursorKey = z.tuple([z.iso.datetime(), z.string()]);

/** Which entries of the audit log; what is left out narrows nothing. */
export interface AuditFilter {
  readonly actions?: readonly AuditAction[] | undefined;
  readonly keyId?: string | undefined;
  readonly fileId?: string | undefined;
  /** From this time on. */
  readonly since?: Date | undefined;
  /** Before this time. */
  readonly until?: Date | undefined;
}

/** What people changed, newest first. @throws WaybillError malformed_request for a cursor of another list */
export async function listAudit(
  { db }: Pick<DbContext, "db">,
  input: AuditFilter & PageRequest,
): Promise<{ items: AuditEntryView[]; nextCursor: string | null }> {
  const before = parseCursor(cursorKey, input.cursor);
  const { actions, keyId, fileId, since, until } = input;
  const found = await db
    .select()
    .from(auditEntries)
    .where(
      and(
        actions && inArray(auditEntries.action, [...actions]),
        keyId === undefined ? undefined : eq(auditEntries.keyId, keyId),
        fileId === undefined ? undefined : eq(auditEntries.fileId, fileId),
        since && gte(auditEntries.at, since),
        until && lt(auditEntries.at, until),
        before === null
          ? undefined
          : sql`(${auditEntries.at}, ${auditEntries.id}) < (${before[0]}::timestamptz, ${before[1]})`,
      ),
    )
    // "nulls last" is how the index is ordered: without it Postgres sorts all rows, though none is null.
    .orderBy(sql`${auditEntries.at} desc nulls last`, sql`${auditEntries.id} desc nulls last`)
    .limit(input.limit + 1);
  const { rows, last } = cutPage(found, input.limit);
  return {
    items: rows.map(({ idempotencyKey: _, ...row }) => ({ ...row, at: row.at.toISOString() })),
    nextCursor: last && formatCursor([last.at.toISOString(), last.id]),
  };
}
