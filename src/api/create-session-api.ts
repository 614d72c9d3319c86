import { type Context, Hono } from "hono";
import { z } from "zod";
import { checkOrigin } from "../access/check-origin.ts";
import { redeemSignInLink } from "../access/redeem-sign-in-link.ts";
import { signInWithKey } from "../access/sign-in-with-key.ts";
import { signOut } from "../access/sign-out.ts";
import { takeSignInAttempt } from "../access/take-sign-in-attempt.ts";
import { toWaybillError } from "../kernel/errors.ts";
import { answerError } from "./answer-error.ts";
import type { ApiContext } from "./context.ts";
import { limitBody } from "./limit-body.ts";
import { malformedRequest } from "./malformed-request.ts";

const secret = z.string().trim().min(1).max(500);
const credentials = z.union(
  [z.strictObject({ key: secret }), z.strictObject({ link: secret })],
  "Send either a key or the secret of a sign-in link.",
);

/**
 * Signing in and out under `/api/session`. A page's script sends JSON and gets JSON; a plain form is sent on
 * to a page.
 */
export function createSessionApi(ctx: ApiContext): Hono {
  const api = new Hono();
  api.use(limitBody, async (c, next) => {
    checkOrigin(c.req.raw, ctx.env.WAYBILL_URL);
    await next();
    c.header("Cache-Control", "no-store");
  });
  api.post("/api/session", (c) => (isForm(c) ? signInByForm(ctx, c) : signInByJson(ctx, c)));
  api.delete("/api/session", async (c) => {
    c.header("Set-Cookie", await signOut(ctx, c.req.raw));
    return c.json({ signedIn: false });
  });
  api.onError((error, c) => answerError(ctx.log, error, c.req.raw));
  return api;
}

async function signInByJson(ctx: ApiContext, c: Context): Promise<Response> {
  // JSON that cannot be read fits neither form of credentials.
  const body: unknown = await c.req.json().catch(() => undefined);
  c.header("Set-Cookie", await signIn(ctx, c, body));
  return c.json({ signedIn: true });
}

async function signInByForm(ctx: ApiContext, c: Context): Promise<Response> {
  try {
    c.header("Set-Cookie", await signIn(ctx, c, await c.req.parseBody()));
    return c.redirect("/", 303);
  } catch (thrown) {
    const error = toWaybillError(thrown);
    if (error.status >= 500) throw error;
    return c.redirect(`/sign-in?error=${error.code}`, 303);
  }
}

async function signIn(ctx: ApiContext, c: Context, body: unknown): Promise<string> {
  await takeSignInAttempt(ctx, c.req.raw);
  const sent = credentials.safeParse(body);
  if (!sent.success) throw malformedRequest(sent.error);
  return "key" in sent.data ? signInWithKey(ctx, sent.data.key) : redeemSignInLink(ctx, sent.data.link);
}

function isForm(c: Context): boolean {
  return /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(
    c.req.header("content-type") ?? "",
  );
}
