import { and, eq, isNull, lt, or } from "drizzle-orm";
import { parse } from "hono/utils/cookie";
import { apiKeys } from "../db/schema/access.ts";
import { WaybillError } from "../kernel/errors.ts";
import type { CallerContext } from "./context.ts";
import { findKey, type KnownKey } from "./find-key.ts";
import { hashSecret } from "./hash-secret.ts";
import type { Caller } from "./principal.ts";
import type { RequestHead } from "./request-head.ts";
import { takeWrongKey } from "./take-wrong-key.ts";

/** How often a key's last use is written down at most, in ms. */
const lastUsedEveryMs = 60_000;

/**
 * Tells who sent a request: by its bearer key, or else by its session's cookie. Who was looked up is remembered
 * for 15 s, so that most requests cost the database nothing.
 * @param setCookie takes the cookie of a session that was extended; left out where the answer cannot carry one
 * @throws WaybillError unauthenticated; rate_limited after too many wrong keys
 */
export async function authenticate(
  ctx: CallerContext,
  request: RequestHead,
  setCookie?: (cookie: string) => void,
): Promise<Caller> {
  const bearer = readBearer(request);
  const caller =
    bearer === undefined ? await readPerson(ctx, request, setCookie) : await readKey(ctx, bearer);
  if (caller !== undefined) return caller;
  if (bearer !== undefined) await takeWrongKey(ctx, request);
  throw new WaybillError("unauthenticated");
}

function readBearer(request: RequestHead): string | undefined {
  const header = request.headers.get("authorization");
  // Any other scheme is an empty key: a request that names a credential is judged by it, not by its cookie.
  return header === null ? undefined : (/^Bearer +(\S+)\s*$/i.exec(header)?.[1] ?? "");
}

async function readPerson(
  ctx: CallerContext,
  { headers }: RequestHead,
  setCookie: ((cookie: string) => void) | undefined,
): Promise<Caller | undefined> {
  const cookie = parse(headers.get("cookie") ?? "", ctx.auth.cookieName)[ctx.auth.cookieName];
  if (cookie === undefined || cookie === "") return undefined;
  return ctx.callers.recall(hashSecret(ctx, cookie), async () => {
    const session = await ctx.auth.readSession(headers, { extend: setCookie !== undefined });
    if (session === undefined) return undefined;
    for (const extended of session.cookies) setCookie?.(extended);
    const { personId: keyId, name: keyName, role, sessionId } = session;
    return { keyId, keyName, role, via: "session", sessionId };
  });
}

function readKey(ctx: CallerContext, secret: string): Promise<Caller | undefined> {
  const hash = hashSecret(ctx, secret);
  return ctx.callers.recall(hash, async () => {
    const key = await findKey(ctx, hash);
    if (key === undefined) return undefined;
    await noteUse(ctx, key);
    const { keyId, keyName, role } = key;
    return { keyId, keyName, role, via: "key", sessionId: null };
  });
}

async function noteUse(ctx: CallerContext, key: KnownKey): Promise<void> {
  const now = ctx.clock.now();
  const due = new Date(now.getTime() - lastUsedEveryMs);
  if (key.lastUsedAt !== null && key.lastUsedAt > due) return;
  await ctx.db
    .update(apiKeys)
    .set({ lastUsedAt: now })
    .where(and(eq(apiKeys.id, key.keyId), or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, due))));
}
