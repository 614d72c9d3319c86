import { eq } from "drizzle-orm";
import { invite } from "../../access/invite.ts";
import type { Role } from "../../db/roles.ts";
import { invitations, people } from "../../db/schema/access.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { type Actor, recordAudit } from "../record-audit.ts";
import type { PeopleContext } from "./context.ts";
import { invitationViewOf } from "./list-invitations.ts";
import { lockPeopleAs } from "./lock-people.ts";
import type { InvitationView } from "./person-view.ts";

/**
 * Makes a link by which somebody joins with a role, with an audit entry.
 * @throws WaybillError person_exists where the address that is named is somebody's already; forbidden_role
 */
export function invitePerson(
  ctx: PeopleContext,
  { role, email, actor }: { role: Role; email: string | null; actor: Actor },
): Promise<InvitationView & { url: string }> {
  return ctx.db.transaction(async (tx) => {
    await lockPeopleAs(tx, actor);
    if (email !== null) {
      const [taken] = await tx.select({ id: people.id }).from(people).where(eq(people.email, email));
      if (taken !== undefined) throw new WaybillError("person_exists");
    }
    const made = await invite(ctx, tx, { role, email, createdBy: actor.keyName, firstAdmin: false });
    const entry = { action: "invitation.create", fileId: null, idempotencyKey: null, reason: null } as const;
    const facts = { request: { role, email }, before: {}, after: { invitationId: made.id } };
    await recordAudit(tx, { ...entry, ...facts, actor }, ctx.clock.now());
    const [row] = await tx.select().from(invitations).where(eq(invitations.id, made.id));
    if (row === undefined) throw new TypeError("an invitation that was just made is not there");
    return { ...invitationViewOf(row), url: made.url };
  });
}
