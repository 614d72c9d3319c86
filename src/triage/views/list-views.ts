import { and, asc, eq, or, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import { savedViews } from "../../db/schema/saved-views.ts";
import { type ViewOwner, viewOf } from "./save-view.ts";
import type { SavedView } from "./view-view.ts";

const place = z.tuple([z.string(), z.string(), z.string()]);

/**
 * The views that somebody has: their own and the shared ones, by page and name.
 * @throws WaybillError malformed_request for a cursor of another list
 */
export async function listViews(
  { db }: Pick<DbContext, "db">,
  asked: PageRequest & { readonly page: string | undefined },
  owner: ViewOwner,
): Promise<{ items: SavedView[]; nextCursor: string | null }> {
  const after = parseCursor(place, asked.cursor);
  const found = await db
    .select()
    .from(savedViews)
    .where(
      and(
        or(eq(savedViews.ownerId, owner.id), savedViews.shared),
        asked.page === undefined ? undefined : eq(savedViews.page, asked.page),
        after === null
          ? undefined
          : sql`(${savedViews.page}, ${savedViews.name}, ${savedViews.id}) > (${after[0]}, ${after[1]}, ${after[2]})`,
      ),
    )
    .orderBy(asc(savedViews.page), asc(savedViews.name), asc(savedViews.id))
    .limit(asked.limit + 1);
  const { rows, last } = cutPage(found, asked.limit);
  return {
    items: rows.map((row) => viewOf(row, owner)),
    nextCursor: last && formatCursor([last.page, last.name, last.id]),
  };
}
