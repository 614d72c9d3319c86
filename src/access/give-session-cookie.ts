import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";

/** Lets better-auth sign the cookie of a session that was not opened by a sign-in. For our own calls alone. */
export function giveSessionCookie() {
  return {
    id: "give-session-cookie",
    endpoints: {
      giveSessionCookie: createAuthEndpoint(
        "/give-session-cookie",
        { method: "POST", body: z.object({ token: z.string() }), metadata: { SERVER_ONLY: true } },
        async (ctx) => {
          const session = await ctx.context.internalAdapter.findSession(ctx.body.token);
          if (session === null) throw new APIError("UNAUTHORIZED");
          await setSessionCookie(ctx, session, false);
          return ctx.json({ given: true });
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}
