import { createRoute, z } from "@hono/zod-openapi";
import { changeFlowControl } from "../../triage/queue/change-flow-control.ts";
import { changeQueue } from "../../triage/queue/change-queue.ts";
import { changeSchedule } from "../../triage/queue/change-schedule.ts";
import {
  flowControlDeedSchema,
  queueDeedSchema,
  scheduleDeedSchema,
} from "../../triage/queue/deed-schemas.ts";
import { deleteLetter } from "../../triage/queue/delete-letter.ts";
import {
  flowControlViewSchema,
  queueViewSchema,
  scheduleViewSchema,
} from "../../triage/queue/qstash-view.ts";
import { actorOf } from "../actor-of.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { idempotencyHeaders, jsonBody, reason } from "../deed-request.ts";

const name = z.string().min(1).max(255);
const headers = idempotencyHeaders();

const flowControl = createRoute({
  method: "post",
  path: "/api/v1/queue/flow-control/{key}",
  summary: "Pin a key of flow control to limits, let them go, hold all its messages back, or let them go on",
  request: { params: z.object({ key: name }), headers, body: jsonBody(flowControlDeedSchema) },
  responses: {
    200: json(flowControlViewSchema, "The key as QStash has it then"),
    ...refusals(400, 404, 409, 502, 503),
  },
});

const queue = createRoute({
  method: "post",
  path: "/api/v1/queue/queues/{name}",
  summary: "Pause a queue, let it go on, or set how many of its messages are delivered at once",
  request: { params: z.object({ name }), headers, body: jsonBody(queueDeedSchema) },
  responses: {
    200: json(queueViewSchema, "The queue as QStash has it then"),
    ...refusals(400, 404, 409, 502, 503),
  },
});

const schedule = createRoute({
  method: "post",
  path: "/api/v1/queue/schedules/{id}",
  summary: "Pause a schedule, or let it go on",
  request: { params: z.object({ id: name }), headers, body: jsonBody(scheduleDeedSchema) },
  responses: {
    200: json(scheduleViewSchema, "The schedule as QStash has it then"),
    ...refusals(400, 404, 409, 502, 503),
  },
});

const deleted = createRoute({
  method: "post",
  path: "/api/v1/queue/dead-letters/{id}/delete",
  summary: "Delete a dead letter by which no file stands failed",
  request: {
    params: z.object({ id: name }),
    headers,
    body: jsonBody(
      z.strictObject({
        reason,
      }),
    ),
  },
  responses: {
    200: json(
      z.object({ dlqId: z.string(), removed: z.boolean().describe("false: it was gone already") }),
      "What became of it",
    ),
    ...refusals(400, 409, 502, 503),
  },
});

/** Adds what people tell QStash about how it delivers. */
export function addQueueDeedRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(flowControl, async (c) => {
    const by = byOf(ctx, c.get("principal"), c.req.raw, c.req.valid("header"));
    return c.json(
      await changeFlowControl(ctx, { ...c.req.valid("param"), deed: c.req.valid("json"), ...by }),
      200,
    );
  });
  api.openapi(queue, async (c) => {
    const by = byOf(ctx, c.get("principal"), c.req.raw, c.req.valid("header"));
    return c.json(await changeQueue(ctx, { ...c.req.valid("param"), deed: c.req.valid("json"), ...by }), 200);
  });
  api.openapi(schedule, async (c) => {
    const by = byOf(ctx, c.get("principal"), c.req.raw, c.req.valid("header"));
    return c.json(
      await changeSchedule(ctx, { ...c.req.valid("param"), deed: c.req.valid("json"), ...by }),
      200,
    );
  });
  api.openapi(deleted, async (c) => {
    const by = byOf(ctx, c.get("principal"), c.req.raw, c.req.valid("header"));
    const { reason = null } = c.req.valid("json");
    return c.json(await deleteLetter(ctx, { dlqId: c.req.valid("param").id, reason, ...by }), 200);
  });
}

function byOf(
  ctx: ApiContext,
  principal: Parameters<typeof actorOf>[1],
  request: Parameters<typeof actorOf>[2],
  sent: z.output<typeof headers>,
) {
  return { actor: actorOf(ctx, principal, request), idempotencyKey: sent["idempotency-key"] ?? null };
}
