import { WaybillError } from "../kernel/errors.ts";
import type { RequestHead } from "./request-head.ts";

/**
 * Refuses a state-changing request that another site made a browser send. A browser says where a request
 * comes from in `Origin`, or else in `Sec-Fetch-Site`; one that carries a cookie and says neither is refused.
 * @throws WaybillError forbidden_origin
 */
export function checkOrigin(request: RequestHead, waybillUrl: string): void {
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  const allowed =
    origin !== null
      ? isOwnOrigin(origin, request, waybillUrl)
      : site !== null
        ? site === "same-origin" || site === "none"
        : request.headers.get("cookie") === null;
  if (!allowed) throw new WaybillError("forbidden_origin", { details: { origin: origin ?? site } });
}

/**
 * Whether an origin is this server. The console may be open under another name of it (localhost, a preview
 * address) than the one that it is configured with; a browser lets no page choose the Host header.
 */
export function isOwnOrigin(origin: string, request: RequestHead, waybillUrl: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return origin === new URL(waybillUrl).origin || host === request.headers.get("host");
}
