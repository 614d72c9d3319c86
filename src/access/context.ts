import type { DbContext } from "../db/context.ts";
import type { Env } from "../kernel/env.ts";
import type { Auth } from "./auth.ts";
import type { CallerCache } from "./caller-cache.ts";

/**
 * The room of access: who is calling, what they may do, and how often. It owns people, API keys, sessions,
 * invitations and rate windows; secrets are kept as hashes alone. It must not import anything that does work
 * for the caller.
 */
export interface AccessContext extends DbContext {
  readonly env: Pick<Env, "WAYBILL_SESSION_SECRET" | "WAYBILL_URL">;
}

/** What it takes to tell who is calling. */
export interface CallerContext extends AccessContext {
  readonly auth: Auth;
  readonly callers: CallerCache;
}
