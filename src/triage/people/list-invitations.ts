import { and, gt, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import { invitations } from "../../db/schema/access.ts";
import type { InvitationView } from "./person-view.ts";

const cursorKey = z.tuple([z.iso.datetime(), z.string()]);

/** Invitations that are open, the newest first. @throws WaybillError malformed_request for a cursor of another list */
export async function listInvitations(
  { db, clock }: DbContext,
  page: PageRequest,
): Promise<{ items: InvitationView[]; nextCursor: string | null }> {
  const before = parseCursor(cursorKey, page.cursor);
  const { id, createdAt, acceptedAt, revokedAt, expiresAt } = invitations;
  const found = await db
    .select()
    .from(invitations)
    .where(
      and(
        isNull(acceptedAt),
        isNull(revokedAt),
        gt(expiresAt, clock.now()),
        before === null ? undefined : sql`(${createdAt}, ${id}) < (${before[0]}::timestamptz, ${before[1]})`,
      ),
    )
    .orderBy(sql`${createdAt} desc nulls last`, sql`${id} desc nulls last`)
    .limit(page.limit + 1);
  const { rows, last } = cutPage(found, page.limit);
  return {
    items: rows.map(invitationViewOf),
    nextCursor: last && formatCursor([last.createdAt.toISOString(), last.id]),
  };
}

/** An invitation as the API shows it. */
export function invitationViewOf(row: typeof invitations.$inferSelect): InvitationView {
  const { id, role, email, createdBy } = row;
  return {
    id,
    role,
    email,
    createdBy,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}
