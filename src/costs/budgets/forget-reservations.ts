import { and, eq, lte } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import { reservations } from "../../db/schema/budgets.ts";

/** How long a closed reservation stays to be looked at, in days; a request is never repeated after that. */
const keepDays = 7;

/** Removes reservations that nothing will be paid from any more. @returns how many */
export async function forgetReservations({ db, clock }: DbContext): Promise<number> {
  const before = new Date(clock.now().getTime() - keepDays * 24 * 3_600_000);
  const gone = await db
    .delete(reservations)
    .where(and(eq(reservations.state, "closed"), lte(reservations.closedAt, before)));
  return gone.rowCount ?? 0;
}
