import type { Context } from "hono";

/**
 * The answer to a request that the real service may know and the stand-in does not: 501 with a sentence that
 * names what is missing, never a false success.
 */
function notSpoken(c: Context, what: string): Response {
  return c.json({ error: `The local stand-in does not speak ${what}.` }, 501);
}

/** For `app.notFound`: names the method and the path. */
export function notSpokenRoute(c: Context): Response {
  return notSpoken(c, `${c.req.method} ${c.req.path}`);
}
