import { and, eq, gt, isNull, lt, or } from "drizzle-orm";
import { apiKeys, sessions } from "../db/schema/access.ts";
import { WaybillError } from "../kernel/errors.ts";
import type { AccessContext, RequestHead } from "./context.ts";
import { findKey, type KnownKey } from "./find-key.ts";
import { hashSecret } from "./hash-secret.ts";
import type { Principal } from "./principal.ts";
import { readSessionCookie } from "./session-cookie.ts";

/** How often a key's last use is written down at most, in ms. */
const lastUsedEveryMs = 60_000;

/**
 * Tells who sent a request: by its bearer key, or else by its session cookie.
 * @throws WaybillError unauthenticated
 */
export async function authenticate(ctx: AccessContext, request: RequestHead): Promise<Principal> {
  const bearer = readBearer(request);
  const via = bearer === undefined ? "session" : "key";
  const key = bearer === undefined ? await findSession(ctx, request) : await findKey(ctx, bearer);
  if (key === undefined) throw new WaybillError("unauthenticated");
  await noteUse(ctx, key);
  return { keyId: key.keyId, keyName: key.keyName, via };
}

function readBearer(request: RequestHead): string | undefined {
  const header = request.headers.get("authorization");
  // Any other scheme is an empty key: a request that names a credential is judged by it, not by its cookie.
  return header === null ? undefined : (/^Bearer +(\S+)\s*$/i.exec(header)?.[1] ?? "");
}

async function findSession(ctx: AccessContext, request: RequestHead): Promise<KnownKey | undefined> {
  const secret = readSessionCookie(request);
  if (secret === undefined || secret === "") return undefined;
  const [row] = await ctx.db
    .select({ keyId: apiKeys.id, keyName: apiKeys.name, lastUsedAt: apiKeys.lastUsedAt })
    .from(sessions)
    .innerJoin(apiKeys, eq(apiKeys.id, sessions.keyId))
    .where(
      and(
        eq(sessions.hash, hashSecret(ctx, secret)),
        gt(sessions.expiresAt, ctx.clock.now()),
        isNull(apiKeys.revokedAt),
      ),
    );
  return row;
}

async function noteUse(ctx: AccessContext, key: KnownKey): Promise<void> {
  const now = ctx.clock.now();
  const due = new Date(now.getTime() - lastUsedEveryMs);
  if (key.lastUsedAt !== null && key.lastUsedAt > due) return;
  await ctx.db
    .update(apiKeys)
    .set({ lastUsedAt: now })
    .where(and(eq(apiKeys.id, key.keyId), or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, due))));
}
