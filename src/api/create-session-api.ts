import { type Context, Hono } from "hono";
import { z } from "zod";
import { shortestPassword } from "../access/auth.ts";
import { checkOrigin } from "../access/check-origin.ts";
import { takeSignInAttempt } from "../access/take-sign-in-attempt.ts";
import { join } from "../triage/people/join.ts";
import { originOf } from "./actor-of.ts";
import { answerError } from "./answer-error.ts";
import type { ApiContext } from "./context.ts";
import { limitBody } from "./limit-body.ts";
import { malformedRequest } from "./malformed-request.ts";

const email = z.string().trim().toLowerCase().pipe(z.email().max(254));
const credentials = z.strictObject({ email, password: z.string().min(1).max(128) });
const newcomer = z.strictObject({
  token: z.string().min(1).max(500),
  name: z.string().trim().min(1).max(100),
  email,
  password: z.string().min(shortestPassword).max(128),
});

/** Signing in and out, and taking an invitation up, under `/api/session`. */
export function createSessionApi(ctx: ApiContext): Hono {
  const api = new Hono();
  api.use(limitBody, async (c, next) => {
    checkOrigin(c.req.raw, ctx.env.WAYBILL_URL);
    await next();
    c.header("Cache-Control", "no-store");
  });
  api.post("/api/session", async (c) => {
    await takeSignInAttempt(ctx, c.req.raw);
    await signIn(ctx, c, await readBody(c, credentials));
    return c.json({ signedIn: true });
  });
  api.post("/api/session/join", async (c) => {
    await takeSignInAttempt(ctx, c.req.raw);
    const joining = await readBody(c, newcomer);
    await join(ctx, { ...joining, origin: originOf(ctx, c.req.raw) });
    await signIn(ctx, c, joining);
    return c.json({ signedIn: true }, 201);
  });
  api.delete("/api/session", async (c) => {
    setCookies(c, await ctx.auth.signOut(c.req.raw.headers));
    ctx.callers.forget();
    return c.json({ signedIn: false });
  });
  api.onError((error, c) => answerError(ctx.log, error, c.req.raw));
  return api;
}

async function readBody<Schema extends z.ZodType>(c: Context, schema: Schema): Promise<z.output<Schema>> {
  // JSON that cannot be read fits no form.
  const body: unknown = await c.req.json().catch(() => undefined);
  const sent = schema.safeParse(body);
  if (!sent.success) throw malformedRequest(sent.error);
  return sent.data;
}

async function signIn(ctx: ApiContext, c: Context, { email, password }: z.output<typeof credentials>) {
  setCookies(c, await ctx.auth.signIn({ email, password, headers: c.req.raw.headers }));
}

function setCookies(c: Context, cookies: readonly string[]): void {
  for (const cookie of cookies) c.header("Set-Cookie", cookie, { append: true });
}
