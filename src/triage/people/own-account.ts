import { hashPassword, verifyPassword } from "better-auth/crypto";
import { and, desc, eq, isNull, ne } from "drizzle-orm";
import type { Caller } from "../../access/principal.ts";
import type { Db } from "../../db/client.ts";
import { credentials, people, personSessions } from "../../db/schema/access.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { type Actor, recordAudit } from "../record-audit.ts";
import type { PeopleContext } from "./context.ts";
import { getPerson } from "./get-person.ts";
import type { SessionView } from "./person-view.ts";

const entry = { fileId: null, idempotencyKey: null, reason: null } as const;

/** A person's own session. @throws WaybillError people_only for a key */
export function ownSession({ keyId, sessionId }: Caller): { personId: string; sessionId: string } {
  if (sessionId === null) throw new WaybillError("people_only");
  return { personId: keyId, sessionId };
}

/** Gives a person another name, with an audit entry; what they did before keeps the name that they had. */
export async function renameSelf(
  ctx: PeopleContext,
  { personId, name, actor }: { personId: string; name: string; actor: Actor },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const before = await getPerson(tx, personId);
    const now = ctx.clock.now();
    await tx.update(people).set({ name, updatedAt: now }).where(eq(people.id, personId));
    const facts = { request: { personId }, before: { name: before.name }, after: { name } };
    await recordAudit(tx, { ...entry, ...facts, action: "person.rename", actor }, now);
  });
  ctx.callers.forget();
}

/**
 * Gives a person another password and ends all their other sessions, with an audit entry.
 * @throws WaybillError wrong_password where the present one is not that
 */
export async function changePassword(
  ctx: PeopleContext,
  input: { personId: string; sessionId: string; current: string; next: string; actor: Actor },
): Promise<void> {
  const { personId, sessionId, actor } = input;
  const own = and(eq(credentials.personId, personId), eq(credentials.providerId, "credential"));
  const [kept] = await ctx.db.select().from(credentials).where(own);
  const hash = kept?.password ?? null;
  if (hash === null || !(await verifyPassword({ hash, password: input.current }))) {
    throw new WaybillError("wrong_password", { message: "This is not your present password." });
  }
  const password = await hashPassword(input.next);
  await ctx.db.transaction(async (tx) => {
    const now = ctx.clock.now();
    // Of two changes at once that both name the old password, one counts.
    const changed = await tx
      .update(credentials)
      .set({ password, updatedAt: now })
      .where(and(own, eq(credentials.password, hash)))
      .returning({ id: credentials.id });
    if (changed.length === 0) throw new WaybillError("wrong_password");
    const ended = await endOthers(tx, personId, sessionId);
    const facts = { request: { personId }, before: {}, after: { endedSessions: ended } };
    await recordAudit(tx, { ...entry, ...facts, action: "person.change-password", actor }, now);
  });
  ctx.callers.forget();
}

/** Signs a person out everywhere but here, with an audit entry. @returns how many sessions were ended */
export async function endOtherSessions(
  ctx: PeopleContext,
  { personId, sessionId, actor }: { personId: string; sessionId: string; actor: Actor },
): Promise<number> {
  const ended = await ctx.db.transaction(async (tx) => {
    const count = await endOthers(tx, personId, sessionId);
    const facts = { request: { personId }, before: {}, after: { endedSessions: count } };
    await recordAudit(tx, { ...entry, ...facts, action: "person.end-sessions", actor }, ctx.clock.now());
    return count;
  });
  ctx.callers.forget();
  return ended;
}

async function endOthers(tx: Db, personId: string, sessionId: string): Promise<number> {
  const ended = await tx
    .delete(personSessions)
    .where(and(eq(personSessions.personId, personId), ne(personSessions.id, sessionId)))
    .returning({ id: personSessions.id });
  return ended.length;
}

/** The browsers in which a person is signed in, the newest first, at most fifty. */
export async function listOwnSessions(
  { db }: Pick<PeopleContext, "db">,
  { personId, sessionId }: { personId: string; sessionId: string },
): Promise<SessionView[]> {
  const rows = await db
    .select()
    .from(personSessions)
    .where(and(eq(personSessions.personId, personId), isNull(personSessions.replacedBy)))
    .orderBy(desc(personSessions.createdAt))
    .limit(50);
  return rows.map(({ id, userAgent, createdAt, updatedAt, expiresAt }) => ({
    id,
    userAgent,
    createdAt: createdAt.toISOString(),
    extendedAt: updatedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    current: id === sessionId,
  }));
}
