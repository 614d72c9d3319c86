import { and, eq, gt, isNull } from "drizzle-orm";
import { invitations } from "../../db/schema/access.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { type Actor, recordAudit } from "../record-audit.ts";
import type { PeopleContext } from "./context.ts";
import { lockPeopleAs } from "./lock-people.ts";

/** Takes an open invitation back, with an audit entry. @throws WaybillError invitation_not_found, forbidden_role */
export async function revokeInvitation(
  ctx: PeopleContext,
  { id, actor }: { id: string; actor: Actor },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await lockPeopleAs(tx, actor);
    const now = ctx.clock.now();
    const { acceptedAt, revokedAt, expiresAt, role, email } = invitations;
    const [revoked] = await tx
      .update(invitations)
      .set({ revokedAt: now })
      .where(and(eq(invitations.id, id), isNull(acceptedAt), isNull(revokedAt), gt(expiresAt, now)))
      .returning({ role, email });
    if (revoked === undefined) throw new WaybillError("invitation_not_found");
    const entry = { action: "invitation.revoke", fileId: null, idempotencyKey: null, reason: null } as const;
    const facts = { request: { invitationId: id }, before: revoked, after: {} };
    await recordAudit(tx, { ...entry, ...facts, actor }, now);
  });
}
