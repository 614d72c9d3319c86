import { and, asc, eq, inArray, lte } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import { failureGroups } from "../../db/schema/failures.ts";
import { lockGroups } from "./end-standing.ts";

/** Most groups in one pass; the next tick opens the rest. */
const batchSize = 200;

/**
 * Opens the groups whose time of being ignored is over, whether or not they have failed since: their files may stand
 * failed all the same. Doing it twice changes nothing.
 * @returns how many were opened
 */
export async function openIgnored({ db, clock }: Pick<DbContext, "db" | "clock">): Promise<number> {
  const over = and(eq(failureGroups.state, "ignored"), lte(failureGroups.ignoredUntil, clock.now()));
  const due = await db
    .select({ id: failureGroups.id })
    .from(failureGroups)
    .where(over)
    .orderBy(asc(failureGroups.ignoredUntil))
    .limit(batchSize);
  const ids = due.map(({ id }) => id);
  if (ids.length === 0) return 0;
  return db.transaction(async (tx) => {
    await lockGroups(tx, ids);
    // Somebody may have set another state, or a later time, before the lock.
    const opened = await tx
      .update(failureGroups)
      .set({ state: "open" })
      .where(and(inArray(failureGroups.id, ids), over))
      .returning({ id: failureGroups.id });
    return opened.length;
  });
}
