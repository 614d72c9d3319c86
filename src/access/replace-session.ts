import { eq } from "drizzle-orm";
import type { DbContext } from "../db/context.ts";
import { personSessions } from "../db/schema/access.ts";
import { newId, newSecret } from "../kernel/ids.ts";

/** How long a browser stays signed in without being used, and how old a session is when use replaces it, in s. */
export const sessionLifetimeSec = 14 * 24 * 3600;
const replacedAfterSec = 24 * 3600;

/** How long the old token is good after that, in ms: for requests that were under way, and for other tabs. */
const graceMs = 60_000;

/** Whether another session is to take a session's place. */
export function isDue(
  { expiresAt, replacedBy }: { readonly expiresAt: Date; readonly replacedBy: string | null },
  now: Date,
): boolean {
  const leftMs = expiresAt.getTime() - now.getTime();
  return replacedBy === null && leftMs <= (sessionLifetimeSec - replacedAfterSec) * 1000;
}

/**
 * Puts another session in a session's place, with a token of its own and the whole time before it; the old one ends
 * after the grace. Of two requests at once the second finds what the first has made.
 * @returns the id of the session that has its place; null where it has ended meanwhile
 */
export function replaceSession({ db, clock }: DbContext, sessionId: string): Promise<string | null> {
  return db.transaction(async (tx) => {
    const [old] = await tx
      .select()
      .from(personSessions)
      .where(eq(personSessions.id, sessionId))
      .for("update");
    if (old === undefined) return null;
    if (old.replacedBy !== null) return old.replacedBy;
    const now = clock.now();
    const id = newId("sess", now);
    const expiresAt = new Date(now.getTime() + sessionLifetimeSec * 1000);
    // Signed in when it was: for its owner it is the same session.
    await tx
      .insert(personSessions)
      .values({ ...old, id, token: newSecret("wbs"), updatedAt: now, expiresAt });
    await tx
      .update(personSessions)
      .set({ replacedBy: id, expiresAt: new Date(now.getTime() + graceMs) })
      .where(eq(personSessions.id, sessionId));
    return id;
  });
}

/** The token of a session; undefined where it has ended. */
export async function readToken({ db }: Pick<DbContext, "db">, id: string): Promise<string | undefined> {
  const [session] = await db
    .select({ token: personSessions.token })
    .from(personSessions)
    .where(eq(personSessions.id, id));
  return session?.token;
}

/** Ends a session, and with it those whose place it took. */
export async function endSession({ db }: Pick<DbContext, "db">, id: string): Promise<void> {
  await db.delete(personSessions).where(eq(personSessions.id, id));
}
