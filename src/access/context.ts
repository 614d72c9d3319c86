import type { DbContext } from "../db/context.ts";
import type { Env } from "../kernel/env.ts";

/**
 * The room of access: who is calling, and how often. It owns API keys, sessions, sign-in links and rate
 * windows; secrets are kept as hashes alone. It must not import anything that does work for the caller.
 */
export interface AccessContext extends DbContext {
  readonly env: Pick<Env, "WAYBILL_SESSION_SECRET" | "WAYBILL_URL">;
}

/** The headers of a request: all that access looks at. */
export interface RequestHead {
  readonly headers: Pick<Headers, "get">;
}
