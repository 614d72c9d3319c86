import { createRoute, z } from "@hono/zod-openapi";
import { countQueue } from "../../triage/queue/count-queue.ts";
import { listLetters } from "../../triage/queue/list-letters.ts";
import { listLog } from "../../triage/queue/list-log.ts";
import { listQueueSteps } from "../../triage/queue/list-queue-steps.ts";
import {
  flowControlViewSchema,
  inFlightViewSchema,
  logEventSchema,
  logStates,
  qstashPage,
  queueLetterSchema,
  queueViewSchema,
  scheduleViewSchema,
  wholeList,
} from "../../triage/queue/qstash-view.ts";
import { queueCountsSchema, queueStepList, queueStepLists } from "../../triage/queue/queue-steps-view.ts";
import { readFlowControls, readInFlight, readQueues, readSchedules } from "../../triage/queue/read-qstash.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { pageQuery } from "../page-query.ts";

const text = z.string().min(1).max(255);
/** What QStash may do instead of answering. */
const qstashRefusals = refusals(400, 402, 429, 502, 503);

const steps = createRoute({
  method: "get",
  path: "/api/v1/queue/steps",
  summary: "Steps whose message is in flight, or is delivered later, as Postgres knows them",
  request: {
    query: pageQuery({ default: 50, max: 200 }).extend({
      list: z.enum(queueStepLists).default("in-flight"),
      step: text.optional(),
      project: text.optional().openapi({ description: "the slug" }),
    }),
  },
  responses: { 200: json(queueStepList, "A page of steps"), ...refusals(400) },
});

const counts = createRoute({
  method: "get",
  path: "/api/v1/queue/counts",
  summary: "How many steps are at work, have a message, wait for its delivery, or are held",
  responses: { 200: json(queueCountsSchema, "Counted up to a limit"), ...refusals() },
});

const inFlight = createRoute({
  method: "get",
  path: "/api/v1/queue/in-flight",
  summary: "How many deliveries QStash has on the wire",
  responses: { 200: json(inFlightViewSchema, "As QStash says"), ...qstashRefusals },
});

const flowControl = createRoute({
  method: "get",
  path: "/api/v1/queue/flow-control",
  summary: "QStash's keys of flow control: what waits, their limits, pins and pauses",
  responses: { 200: json(wholeList(flowControlViewSchema), "All of them"), ...qstashRefusals },
});

const queues = createRoute({
  method: "get",
  path: "/api/v1/queue/queues",
  summary: "QStash's queues",
  responses: { 200: json(wholeList(queueViewSchema), "All of them"), ...qstashRefusals },
});

const schedules = createRoute({
  method: "get",
  path: "/api/v1/queue/schedules",
  summary: "QStash's schedules, with their last and their next run",
  responses: { 200: json(wholeList(scheduleViewSchema), "All of them"), ...qstashRefusals },
});

const letters = createRoute({
  method: "get",
  path: "/api/v1/queue/dead-letters",
  summary: "QStash's dead letters of all routes, each with its step and the time at which QStash forgets it",
  request: { query: pageQuery({ default: 50, max: 100 }) },
  responses: { 200: json(qstashPage(queueLetterSchema), "A page of them"), ...qstashRefusals },
});

const log = createRoute({
  method: "get",
  path: "/api/v1/queue/log",
  summary: "QStash's log, newest first",
  request: {
    query: pageQuery({ default: 50, max: 100 }).extend({
      state: z.enum(logStates).optional(),
      url: z
        .string()
        .min(1)
        .max(2_000)
        .optional()
        .openapi({ description: "where it was sent: an address, or the path of one of our own routes" }),
      messageId: text.optional(),
      from: z.iso.datetime().optional(),
      to: z.iso.datetime().optional(),
    }),
  },
  responses: { 200: json(qstashPage(logEventSchema), "A page of it"), ...qstashRefusals },
});

/** Adds what is known of the queue: by Postgres, and by QStash, whose answers all viewers share. */
export function addQueueRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(steps, async (c) => {
    const { cursor = null, ...rest } = c.req.valid("query");
    return c.json(await listQueueSteps(ctx, { ...rest, cursor }), 200);
  });
  api.openapi(counts, async (c) => c.json(await countQueue(ctx), 200));
  api.openapi(inFlight, async (c) => c.json(await readInFlight(ctx), 200));
  api.openapi(flowControl, async (c) => c.json(await readFlowControls(ctx), 200));
  api.openapi(queues, async (c) => c.json(await readQueues(ctx), 200));
  api.openapi(schedules, async (c) => c.json(await readSchedules(ctx), 200));
  api.openapi(letters, async (c) => {
    const { cursor = null, limit } = c.req.valid("query");
    return c.json(await listLetters(ctx, { cursor, limit }), 200);
  });
  api.openapi(log, async (c) => {
    const { cursor = null, ...rest } = c.req.valid("query");
    return c.json(await listLog(ctx, { ...rest, cursor }), 200);
  });
}
