import { type Context, Hono } from "hono";
import { requireRole } from "../access/require-role.ts";
import { takeRate } from "../access/take-rate.ts";
import { answerError } from "./answer-error.ts";
import type { ApiContext } from "./context.ts";
import { limitBody } from "./limit-body.ts";
import { malformedRequest } from "./malformed-request.ts";
import { requireCaller } from "./require-caller.ts";
import { clientEventType, giveClientToken, takeCompletion } from "./upload/client-upload.ts";
import { receiveMultipart } from "./upload/receive-multipart.ts";

const path = "/api/upload";
const rateWindowMs = 60_000;

/**
 * Both ways in, on `POST /api/upload`: JSON is the client-upload protocol of @vercel/blob, by which a browser
 * sends a file straight to Blob; anything else must be a multipart form with the file itself.
 */
export function createUploadApi(ctx: ApiContext): Hono {
  const api = new Hono();
  api.use(path, async (c, next) => {
    await next();
    // Refused or not, something may have been written.
    ctx.answers.clear();
    c.header("Cache-Control", "no-store");
  });
  api.post(path, (c, next) => (isJson(c) ? limitBody(c, next) : next()));
  api.post(path, async (c) => {
    const request = c.req.raw;
    // Unreadable JSON is refused below, after its sender is known.
    const body: unknown = isJson(c) ? await c.req.json().catch(() => undefined) : undefined;
    const event = clientEventType.safeParse(body);
    // Blob's report is signed and carries no key.
    if (event.data?.type === "blob.upload-completed") {
      return Response.json(await takeCompletion(ctx, request, body));
    }
    const caller = await requireCaller(ctx, request);
    requireRole(caller, `POST ${path}`);
    const limit = ctx.env.WAYBILL_UPLOADS_PER_MINUTE;
    await takeRate(ctx, { subject: `upload:${caller.keyId}`, limit, windowMs: rateWindowMs });
    if (!isJson(c)) return c.json(await receiveMultipart(ctx, request), 202);
    if (!event.success) throw malformedRequest(event.error);
    return Response.json(await giveClientToken(ctx, request, body));
  });
  api.onError((error, c) => answerError(ctx.log, error, c.req.raw));
  return api;
}

function isJson(c: Context): boolean {
  return /^application\/json\b/i.test(c.req.header("content-type") ?? "");
}
