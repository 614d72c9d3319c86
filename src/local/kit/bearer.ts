import { createHash, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";

/** Whether two secrets are equal, in a time that tells nothing about where they differ. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (secret: string) => createHash("sha256").update(secret).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** The token of `Authorization: Bearer <token>`, or undefined. */
export function bearerToken(c: Context): string | undefined {
  return /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
}

/** Lets requests with the token pass; `refuse` answers the others in the service's own words. */
export function requireBearer(token: string, refuse: (c: Context) => Response): MiddlewareHandler {
  return async (c, next) => {
    const given = bearerToken(c);
    if (given === undefined || !sameSecret(given, token)) return refuse(c);
    return next();
  };
}
