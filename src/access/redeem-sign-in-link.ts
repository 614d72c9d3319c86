import { and, eq, gt, inArray, isNull } from "drizzle-orm";
import { apiKeys, signInLinks } from "../db/schema/access.ts";
import { WaybillError } from "../kernel/errors.ts";
import type { AccessContext } from "./context.ts";
import { hashSecret } from "./hash-secret.ts";
import { openSession } from "./open-session.ts";

/**
 * Signs a browser in with the secret of a one-time link and uses the link up; of two at once, one succeeds.
 * @returns the `Set-Cookie` value of the new session
 * @throws WaybillError sign_in_link_used when it was used, has expired or was never made
 */
export function redeemSignInLink(ctx: AccessContext, secret: string): Promise<string> {
  return ctx.db.transaction(async (tx) => {
    const now = ctx.clock.now();
    const validKeys = tx.select({ id: apiKeys.id }).from(apiKeys).where(isNull(apiKeys.revokedAt));
    const [redeemed] = await tx
      .update(signInLinks)
      .set({ usedAt: now })
      .where(
        and(
          eq(signInLinks.hash, hashSecret(ctx, secret)),
          isNull(signInLinks.usedAt),
          gt(signInLinks.expiresAt, now),
          inArray(signInLinks.keyId, validKeys),
        ),
      )
      .returning({ keyId: signInLinks.keyId });
    if (redeemed === undefined) throw new WaybillError("sign_in_link_used");
    return openSession(ctx, tx, redeemed.keyId);
  });
}
