import type { Db } from "../db/client.ts";
import { sessions } from "../db/schema/access.ts";
import { newSecret } from "../kernel/ids.ts";
import type { AccessContext } from "./context.ts";
import { hashSecret } from "./hash-secret.ts";
import { sessionCookie, sessionLifetimeMs } from "./session-cookie.ts";

/** Opens a session for a key. @returns the `Set-Cookie` value, the only place where its secret is */
export async function openSession(ctx: AccessContext, db: Db, keyId: string): Promise<string> {
  const secret = newSecret("wbs");
  const now = ctx.clock.now();
  await db.insert(sessions).values({
    hash: hashSecret(ctx, secret),
    keyId,
    createdAt: now,
    expiresAt: new Date(now.getTime() + sessionLifetimeMs),
  });
  return sessionCookie(ctx, secret);
}
