import { lt } from "drizzle-orm";
import type { DbContext } from "../db/context.ts";
import { invitations, personSessions, rateWindows, verifications } from "../db/schema/access.ts";

/** The longest window that any rate uses is shorter than this, in ms. */
const keptForMs = 24 * 3_600_000;

/** Removes sessions and invitations that have expired, and rate windows that are over. Safe to run at any time. */
export async function forgetExpired(ctx: DbContext): Promise<void> {
  const now = ctx.clock.now();
  const longAgo = new Date(now.getTime() - keptForMs);
  await ctx.db.delete(personSessions).where(lt(personSessions.expiresAt, now));
  await ctx.db.delete(verifications).where(lt(verifications.expiresAt, now));
  await ctx.db.delete(invitations).where(lt(invitations.expiresAt, now));
  await ctx.db.delete(rateWindows).where(lt(rateWindows.windowStart, longAgo));
}
