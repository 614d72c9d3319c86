import { sql } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import { savedViews } from "../../db/schema/saved-views.ts";
import { newId } from "../../kernel/ids.ts";
import { type NewView, type SavedView, savedViewSchema } from "./view-view.ts";

/** Whose a view is. */
export interface ViewOwner {
  readonly id: string;
  readonly name: string;
}

/**
 * Saves a view, in place of what its owner has saved under the name before: so a repeated request changes nothing.
 * It is a preference and no deed on what others see, so the audit log does not have it.
 */
export async function saveView(
  { db, clock }: DbContext,
  view: NewView,
  owner: ViewOwner,
): Promise<SavedView> {
  const now = clock.now();
  const { page, name, query, shared } = view;
  const [row] = await db
    .insert(savedViews)
    .values({
      ...{ id: newId("view", now), ownerId: owner.id, ownerName: owner.name },
      ...{ page, name, query, shared, createdAt: now },
    })
    .onConflictDoUpdate({
      target: [savedViews.ownerId, savedViews.page, savedViews.name],
      set: { query, shared, ownerName: sql`excluded.owner_name` },
    })
    .returning();
  return viewOf(row, owner);
}

/** A row as the API shows it. */
export function viewOf(row: typeof savedViews.$inferSelect | undefined, owner: ViewOwner): SavedView {
  return savedViewSchema.parse({
    ...row,
    own: row?.ownerId === owner.id,
    by: row?.ownerName,
    createdAt: row?.createdAt.toISOString(),
  });
}
