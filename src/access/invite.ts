import type { Db } from "../db/client.ts";
import type { Role } from "../db/roles.ts";
import { invitations } from "../db/schema/access.ts";
import { newId, newSecret } from "../kernel/ids.ts";
import type { AccessContext } from "./context.ts";
import { hashSecret } from "./hash-secret.ts";

/** How long an invitation is good for, in ms. */
const lifetimeMs = 3 * 24 * 3_600_000;

/** Whom an invitation is for, and who made it. */
export interface NewInvitation {
  readonly role: Role;
  /** The only address that it is good for, in lower case; null: any. */
  readonly email: string | null;
  readonly createdBy: string | null;
  readonly firstAdmin: boolean;
}

/** Makes a link by which one person comes in, once, within three days. Its secret is in the URL alone. */
export async function invite(
  ctx: AccessContext,
  db: Db,
  invitation: NewInvitation,
): Promise<{ id: string; url: string; expiresAt: Date }> {
  const secret = newSecret("wbi");
  const createdAt = ctx.clock.now();
  const id = newId("invite", createdAt);
  const expiresAt = new Date(createdAt.getTime() + lifetimeMs);
  await db
    .insert(invitations)
    .values({ id, hash: hashSecret(ctx, secret), ...invitation, createdAt, expiresAt });
  return { id, url: `${ctx.env.WAYBILL_URL}/join/${secret}`, expiresAt };
}
