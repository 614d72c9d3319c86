import { eq } from "drizzle-orm";
import { sessions } from "../db/schema/access.ts";
import type { AccessContext, RequestHead } from "./context.ts";
import { hashSecret } from "./hash-secret.ts";
import { clearedSessionCookie, readSessionCookie } from "./session-cookie.ts";

/** Ends the request's session, if it has one. @returns the `Set-Cookie` value that clears the cookie */
export async function signOut(ctx: AccessContext, request: RequestHead): Promise<string> {
  const secret = readSessionCookie(request);
  if (secret !== undefined) await ctx.db.delete(sessions).where(eq(sessions.hash, hashSecret(ctx, secret)));
  return clearedSessionCookie(ctx);
}
