import { hashPassword } from "better-auth/crypto";
import { and, eq, gt, isNull } from "drizzle-orm";
import { hashSecret } from "../../access/hash-secret.ts";
import type { Db } from "../../db/client.ts";
import { credentials, invitations, people } from "../../db/schema/access.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { type Actor, recordAudit } from "../record-audit.ts";
import type { PeopleContext } from "./context.ts";
import { lockPeople } from "./lock-people.ts";

/** Who takes an invitation up. */
export interface Newcomer {
  /** The secret of the invitation's link. */
  readonly token: string;
  readonly name: string;
  /** In lower case. */
  readonly email: string;
  readonly password: string;
  /** From where. */
  readonly origin: Pick<Actor, "userAgent" | "addressHash">;
}

/**
 * Makes a person of whoever holds an invitation and uses it up, with an audit entry, in one transaction: of two at
 * once, one comes in. A refusal leaves the invitation as it was.
 * @throws WaybillError invitation_used, invitation_elsewhere, person_exists
 */
export async function join(ctx: PeopleContext, newcomer: Newcomer): Promise<void> {
  const { name, email } = newcomer;
  // Hashing takes a while and holds no lock.
  const password = await hashPassword(newcomer.password);
  await ctx.db.transaction(async (tx) => {
    await lockPeople(tx);
    const now = ctx.clock.now();
    const invitation = await takeUp(ctx, tx, newcomer);
    const id = newId("person", now);
    // Whoever could name the address freely may have named another's.
    const emailVerified = invitation.email !== null || invitation.firstAdmin;
    const { role } = invitation;
    const times = { createdAt: now, updatedAt: now };
    const made = await tx
      .insert(people)
      .values({ id, name, email, role, emailVerified, ...times })
      .onConflictDoNothing()
      .returning({ id: people.id });
    if (made.length === 0) throw new WaybillError("person_exists");
    await tx.insert(credentials).values({
      id: newId("cred", now),
      providerId: "credential",
      accountId: id,
      personId: id,
      password,
      ...times,
    });
    const actor = { ...newcomer.origin, keyId: id, keyName: name, via: "session" } as const;
    const entry = { action: "person.join", fileId: null, idempotencyKey: null, reason: null, actor } as const;
    const facts = { request: { invitationId: invitation.id }, before: {}, after: { name, email, role } };
    await recordAudit(tx, { ...entry, ...facts }, now);
  });
}

async function takeUp(ctx: PeopleContext, tx: Db, { token, email }: Newcomer) {
  const { acceptedAt, revokedAt, expiresAt, hash } = invitations;
  const now = ctx.clock.now();
  const [invitation] = await tx
    .update(invitations)
    .set({ acceptedAt: now })
    .where(and(eq(hash, hashSecret(ctx, token)), isNull(acceptedAt), isNull(revokedAt), gt(expiresAt, now)))
    .returning();
  if (invitation === undefined) throw new WaybillError("invitation_used");
  if (invitation.firstAdmin) {
    const [somebody] = await tx.select({ id: people.id }).from(people).limit(1);
    if (somebody !== undefined) throw new WaybillError("invitation_used");
  }
  if (invitation.email !== null && invitation.email !== email) throw new WaybillError("invitation_elsewhere");
  return invitation;
}
