import { authenticate } from "../access/authenticate.ts";
import { checkOrigin } from "../access/check-origin.ts";
import type { Caller } from "../access/principal.ts";
import type { ApiContext } from "./context.ts";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Lets only known callers pass; a browser's state-changing request must come from our own pages.
 * @param setCookie takes the cookie of a session that was extended
 * @throws WaybillError unauthenticated, forbidden_origin; rate_limited after too many wrong keys
 */
export async function requireCaller(
  ctx: ApiContext,
  request: Request,
  setCookie?: (cookie: string) => void,
): Promise<Caller> {
  const caller = await authenticate(ctx, request, setCookie);
  if (caller.via === "session" && !safeMethods.has(request.method)) {
    checkOrigin(request, ctx.env.WAYBILL_URL);
  }
  return caller;
}
