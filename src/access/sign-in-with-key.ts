import { WaybillError } from "../kernel/errors.ts";
import type { AccessContext } from "./context.ts";
import { findKey } from "./find-key.ts";
import { openSession } from "./open-session.ts";

/**
 * Signs a browser in with an API key.
 * @returns the `Set-Cookie` value of the new session
 * @throws WaybillError unauthenticated
 */
export async function signInWithKey(ctx: AccessContext, key: string): Promise<string> {
  const known = await findKey(ctx, key.trim());
  if (known === undefined) {
    throw new WaybillError("unauthenticated", { message: "This key is not valid. Check it and try again." });
  }
  return openSession(ctx, ctx.db, known.keyId);
}
