import { createHash, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";

/** Whether two secrets are equal, in a time that tells nothing about where they differ. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (secret: string) => createHash("sha256").update(secret).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** The token of `Authorization: Bearer <token>`, or undefined. */
export function bearerToken(request: Request): string | undefined {
  return /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
}

/** Whether a request carries this very token as its bearer token. */
function carriesToken(request: Request, token: string): boolean {
  const given = bearerToken(request);
  return given !== undefined && sameSecret(given, token);
}

/** Lets requests with the token pass; `refuse` answers the others in the service's own words. */
export function requireBearer(token: string, refuse: (c: Context) => Response): MiddlewareHandler {
  return async (c, next) => {
    if (!carriesToken(c.req.raw, token)) return refuse(c);
    return next();
  };
}
