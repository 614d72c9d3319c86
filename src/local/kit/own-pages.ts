import type { MiddlewareHandler } from "hono";

const ownNames = new Set(["127.0.0.1", "localhost"]);

/** Whether the request's Host is this machine by loopback: another name may be a foreign site that was pointed here. */
function isOwnHost(request: Request): boolean {
  return ownNames.has(new URL(request.url).hostname);
}

/** Whether a browser sent the request for a page of another origin. A program sends neither header. */
function isForeignPage(request: Request): boolean {
  const origin = request.headers.get("origin");
  if (origin !== null && origin !== new URL(request.url).origin) return true;
  const site = request.headers.get("sec-fetch-site");
  return site !== null && site !== "same-origin" && site !== "none";
}

/** Refuses what pages of other sites send: whoever opens one must not have it move the local stack. */
export const refuseForeignPages: MiddlewareHandler = async (c, next) => {
  if (!isOwnHost(c.req.raw) || isForeignPage(c.req.raw)) {
    return c.json({ error: "The local stack takes no requests from pages of other sites." }, 403);
  }
  return next();
};
