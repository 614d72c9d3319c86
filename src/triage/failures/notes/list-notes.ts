import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../../db/cursor.ts";
import { failureNotes } from "../../../db/schema/failures.ts";
import { findFailure } from "../find-failure.ts";
import type { NoteView } from "./note-view.ts";

const cursorKey = z.tuple([z.iso.datetime(), z.string()]);

/**
 * The notes of a failure group, newest first.
 * @throws WaybillError failure_not_found; malformed_request for a cursor of another list
 */
export async function listNotes(
  { db }: Pick<DbContext, "db">,
  input: { readonly groupId: string } & PageRequest,
): Promise<{ items: NoteView[]; nextCursor: string | null }> {
  const before = parseCursor(cursorKey, input.cursor);
  await findFailure(db, input.groupId);
  const { id, at, keyId, keyName, text } = failureNotes;
  const found = await db
    .select({ id, at, keyId, keyName, text })
    .from(failureNotes)
    .where(
      and(
        eq(failureNotes.groupId, input.groupId),
        before === null ? undefined : sql`(${at}, ${id}) < (${before[0]}::timestamptz, ${before[1]})`,
      ),
    )
    // "nulls last" is how the index is ordered: without it Postgres sorts all rows, though none is null.
    .orderBy(sql`${at} desc nulls last`, sql`${id} desc nulls last`)
    .limit(input.limit + 1);
  const { rows, last } = cutPage(found, input.limit);
  return {
    items: rows.map((row) => ({ ...row, at: row.at.toISOString() })),
    nextCursor: last && formatCursor([last.at.toISOString(), last.id]),
  };
}
