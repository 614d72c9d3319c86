import { parse, serialize } from "hono/utils/cookie";
import type { AccessContext, RequestHead } from "./context.ts";

const cookieName = "waybill_session";

/** How long a browser stays signed in, in ms. */
export const sessionLifetimeMs = 14 * 24 * 3_600_000;

/** The session's secret that a request carries, if any. */
export function readSessionCookie(request: RequestHead): string | undefined {
  const header = request.headers.get("cookie");
  return header === null ? undefined : parse(header, cookieName)[cookieName];
}

/** A `Set-Cookie` value that signs a browser in. */
export function sessionCookie(ctx: Pick<AccessContext, "env">, secret: string): string {
  return write(ctx, secret, sessionLifetimeMs / 1000);
}

/** A `Set-Cookie` value that makes a browser forget its session. */
export function clearedSessionCookie(ctx: Pick<AccessContext, "env">): string {
  return write(ctx, "", 0);
}

function write(ctx: Pick<AccessContext, "env">, value: string, maxAge: number): string {
  return serialize(cookieName, value, {
    path: "/",
    maxAge,
    httpOnly: true,
    // Strict would leave the cookie out of the page that a sign-in link opens from a mail or a terminal.
    sameSite: "Lax",
    secure: ctx.env.WAYBILL_URL.startsWith("https://"),
  });
}
