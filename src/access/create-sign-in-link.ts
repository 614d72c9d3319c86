import { signInLinks } from "../db/schema/access.ts";
import { newSecret } from "../kernel/ids.ts";
import type { AccessContext } from "./context.ts";
import { hashSecret } from "./hash-secret.ts";

const linkLifetimeMs = 3_600_000;

/** Makes a link that signs one browser in, once, within an hour. Its secret is in the URL alone. */
export async function createSignInLink(
  ctx: AccessContext,
  input: { keyId: string },
): Promise<{ url: string; expiresAt: Date }> {
  const secret = newSecret("wbl");
  const now = ctx.clock.now();
  const expiresAt = new Date(now.getTime() + linkLifetimeMs);
  await ctx.db
    .insert(signInLinks)
    .values({ hash: hashSecret(ctx, secret), keyId: input.keyId, createdAt: now, expiresAt });
  return { url: `${ctx.env.WAYBILL_URL}/sign-in/${secret}`, expiresAt };
}
