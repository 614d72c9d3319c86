import { eq, max, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import { people, personSessions } from "../../db/schema/access.ts";
import type { PersonView } from "./person-view.ts";

const cursorKey = z.tuple([z.iso.datetime(), z.string()]);

/** Those who sign in, the newest first. @throws WaybillError malformed_request for a cursor of another list */
export async function listPeople(
  { db }: Pick<DbContext, "db">,
  page: PageRequest,
): Promise<{ items: PersonView[]; nextCursor: string | null }> {
  const before = parseCursor(cursorKey, page.cursor);
  const seen = db
    .select({ at: max(personSessions.updatedAt).as("at") })
    .from(personSessions)
    .where(eq(personSessions.personId, people.id))
    .as("seen");
  const { id, name, email, role, createdAt } = people;
  const found = await db
    .select({ id, name, email, role, createdAt, lastSeenAt: seen.at })
    .from(people)
    .leftJoinLateral(seen, sql`true`)
    .where(
      before === null ? undefined : sql`(${createdAt}, ${id}) < (${before[0]}::timestamptz, ${before[1]})`,
    )
    .orderBy(sql`${createdAt} desc nulls last`, sql`${id} desc nulls last`)
    .limit(page.limit + 1);
  const { rows, last } = cutPage(found, page.limit);
  return {
    items: rows.map((row) => ({
      ...row,
      createdAt: row.createdAt.toISOString(),
      lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    })),
    nextCursor: last && formatCursor([last.createdAt.toISOString(), last.id]),
  };
}
