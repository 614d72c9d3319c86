import { authenticate } from "../access/authenticate.ts";
import { checkOrigin } from "../access/check-origin.ts";
import type { Principal } from "../access/principal.ts";
import type { ApiContext } from "./context.ts";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Lets only known callers pass; a browser's state-changing request must come from our own pages.
 * @throws WaybillError unauthenticated, forbidden_origin
 */
export async function requirePrincipal(ctx: ApiContext, request: Request): Promise<Principal> {
  const principal = await authenticate(ctx, request);
  if (principal.via === "session" && !safeMethods.has(request.method)) {
    checkOrigin(request, ctx.env.WAYBILL_URL);
  }
  return principal;
}
