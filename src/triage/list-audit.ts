import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../db/cursor.ts";
import { auditEntries } from "../db/schema/audit.ts";
import type { AuditEntryView } from "./audit-view.ts";

const cursorKey = z.tuple([z.iso.datetime(), z.string()]);

/** What was changed of a file, newest first. @throws WaybillError malformed_request for a cursor of another list */
export async function listAudit(
  { db }: Pick<DbContext, "db">,
  input: { fileId: string } & PageRequest,
): Promise<{ items: AuditEntryView[]; nextCursor: string | null }> {
  const before = parseCursor(cursorKey, input.cursor);
  const found = await db
    .select()
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.fileId, input.fileId),
        before === null
          ? undefined
          : sql`(${auditEntries.at}, ${auditEntries.id}) < (${before[0]}::timestamptz, ${before[1]})`,
      ),
    )
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(input.limit + 1);
  const { rows, last } = cutPage(found, input.limit);
  return {
    items: rows.map(({ idempotencyKey: _, ...row }) => ({ ...row, at: row.at.toISOString() })),
    nextCursor: last && formatCursor([last.at.toISOString(), last.id]),
  };
}
