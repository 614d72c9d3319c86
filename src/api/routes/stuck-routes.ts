import { createRoute, z } from "@hono/zod-openapi";
import { breakerProviders } from "../../db/breaker-states.ts";
import { stuckReasons } from "../../db/stuck-states.ts";
import { listOf } from "../../pipeline/files/file-view.ts";
import { failStepNow } from "../../triage/stuck/fail-step-now.ts";
import { listStuck } from "../../triage/stuck/list-stuck.ts";
import { sendStepAgain } from "../../triage/stuck/send-step-again.ts";
import { actedSchema, stuckStepSchema } from "../../triage/stuck/stuck-view.ts";
import { actorOf } from "../actor-of.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { idempotencyHeaders, jsonBody, reason } from "../deed-request.ts";
import { pageQuery } from "../page-query.ts";

const text = z.string().min(1).max(255);

const list = createRoute({
  method: "get",
  path: "/api/v1/stuck",
  summary: "Steps that have not gone on for longer than steps of their kind do, the first queued first",
  request: {
    query: pageQuery({ default: 50, max: 200 }).extend({
      reason: z.enum(stuckReasons).optional(),
      step: text.optional(),
      project: text.optional().openapi({ description: "the slug" }),
      provider: z.enum(breakerProviders).optional().openapi({ description: "one that the step calls" }),
    }),
  },
  responses: { 200: json(listOf(stuckStepSchema), "A page of steps"), ...refusals(400) },
});

const request = {
  params: z.object({ id: z.string() }),
  headers: idempotencyHeaders("the same key twice is one request, with the same answer"),
  body: jsonBody(
    z.strictObject({
      reason,
    }),
  ),
};
const responses = { 200: json(actedSchema, "What became of the step"), ...refusals(400, 404, 409) };

const retryNow = createRoute({
  method: "post",
  path: "/api/v1/steps/{id}/retry-now",
  summary: "End a step's backoff, or its hold for a provider's sake",
  request,
  responses,
});

const resend = createRoute({
  method: "post",
  path: "/api/v1/steps/{id}/resend",
  summary: "Replace the message of a step, which did not come",
  request,
  responses,
});

const failNow = createRoute({
  method: "post",
  path: "/api/v1/steps/{id}/fail-now",
  summary: "Give a step up that waits, so that its file can be requeued",
  request,
  responses,
});

/** Adds the stuck steps, and what can be done about them. */
export function addStuckRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(list, async (c) => {
    const { cursor = null, ...rest } = c.req.valid("query");
    return c.json(await listStuck(ctx, { ...rest, cursor }), 200);
  });
  api.openapi(retryNow, async (c) => {
    const input = inputOf(c.req.valid("param"), c.req.valid("header"), c.req.valid("json"));
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    return c.json(await sendStepAgain(ctx, "retry-now", { ...input, actor }), 200);
  });
  api.openapi(resend, async (c) => {
    const input = inputOf(c.req.valid("param"), c.req.valid("header"), c.req.valid("json"));
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    return c.json(await sendStepAgain(ctx, "resend", { ...input, actor }), 200);
  });
  api.openapi(failNow, async (c) => {
    const input = inputOf(c.req.valid("param"), c.req.valid("header"), c.req.valid("json"));
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    return c.json(await failStepNow(ctx, { ...input, actor }), 200);
  });
}

function inputOf(
  params: z.output<typeof request.params>,
  headers: z.output<typeof request.headers>,
  body: { readonly reason?: string | undefined },
) {
  const idempotencyKey = headers["idempotency-key"] ?? null;
  return { stepId: params.id, reason: body.reason ?? null, idempotencyKey };
}
