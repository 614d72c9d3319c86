import { Hono } from "hono";
import { checkOrigin } from "../access/check-origin.ts";
import { takeSignInAttempt } from "../access/take-sign-in-attempt.ts";
import { answerError } from "./answer-error.ts";
import type { ApiContext } from "./context.ts";
import { limitBody } from "./limit-body.ts";

/**
 * What of better-auth is reached from outside, under `/api/auth`: the way to the identity provider and back.
 * All else of it is asked by our own routes; what is not named here is not there.
 */
export function createAuthApi(ctx: ApiContext): Hono {
  const api = new Hono();
  api.use(limitBody, async (c, next) => {
    await takeSignInAttempt(ctx, c.req.raw);
    await next();
    c.header("Cache-Control", "no-store");
  });
  api.post("/api/auth/sign-in/social", (c) => {
    checkOrigin(c.req.raw, ctx.env.WAYBILL_URL);
    return ctx.auth.handle(c.req.raw);
  });
  api.get("/api/auth/callback/oidc", (c) => ctx.auth.handle(c.req.raw));
  api.onError((error, c) => answerError(ctx.log, error, c.req.raw));
  return api;
}
