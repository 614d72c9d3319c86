import { and, eq, gt, isNull } from "drizzle-orm";
import type { AccessContext } from "../../access/context.ts";
import { hashSecret } from "../../access/hash-secret.ts";
import type { Role } from "../../db/roles.ts";
import { invitations, people } from "../../db/schema/access.ts";

/** What the page of an invitation says of it; undefined where it is worth nothing, or no longer. */
export async function readInvitation(
  ctx: AccessContext,
  token: string,
): Promise<{ role: Role; email: string | null; firstAdmin: boolean } | undefined> {
  const { role, email, firstAdmin, acceptedAt, revokedAt, expiresAt, hash } = invitations;
  const [open] = await ctx.db
    .select({ role, email, firstAdmin })
    .from(invitations)
    .where(
      and(
        eq(hash, hashSecret(ctx, token)),
        isNull(acceptedAt),
        isNull(revokedAt),
        gt(expiresAt, ctx.clock.now()),
      ),
    );
  if (open?.firstAdmin !== true) return open;
  const [somebody] = await ctx.db.select({ id: people.id }).from(people).limit(1);
  return somebody === undefined ? open : undefined;
}
