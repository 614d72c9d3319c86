import { and, eq } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import { savedViews } from "../../db/schema/saved-views.ts";
import { WaybillError } from "../../kernel/errors.ts";
import type { ViewOwner } from "./save-view.ts";

/** Takes a view away, which only its owner may. @throws WaybillError view_not_found also for one of somebody else */
export async function removeView(
  { db }: Pick<DbContext, "db">,
  viewId: string,
  owner: ViewOwner,
): Promise<void> {
  const removed = await db
    .delete(savedViews)
    .where(and(eq(savedViews.id, viewId), eq(savedViews.ownerId, owner.id)))
    .returning({ id: savedViews.id });
  if (removed.length === 0) throw new WaybillError("view_not_found", { details: { viewId } });
}
