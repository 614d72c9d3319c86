import { createRoute, z } from "@hono/zod-openapi";
import { exclusions, requeueOutcomes, requeueStates } from "../../db/requeue-states.ts";
import { listOf } from "../../pipeline/files/file-view.ts";
import { getPlan } from "../../triage/plans/get-plan.ts";
import { listPlanFiles } from "../../triage/plans/list-plan-files.ts";
import { makePlan } from "../../triage/plans/make-plan.ts";
import {
  executedSchema,
  planFileSchema,
  planRequestSchema,
  planViewSchema,
} from "../../triage/plans/plan-view.ts";
import { changeRequeue } from "../../triage/requeues/change-requeue.ts";
import { executePlan } from "../../triage/requeues/execute-plan.ts";
import { getRequeue } from "../../triage/requeues/get-requeue.ts";
import { listRequeueFiles } from "../../triage/requeues/list-requeue-files.ts";
import { listRequeues } from "../../triage/requeues/list-requeues.ts";
import {
  requeueFileSchema,
  requeueSummarySchema,
  requeueViewSchema,
} from "../../triage/requeues/requeue-view.ts";
import { actorOf } from "../actor-of.ts";
import { json, refusals } from "../answers.ts";
import { anyOf } from "../any-of.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { idempotencyHeaders, jsonBody, reason } from "../deed-request.ts";
import { pageQuery } from "../page-query.ts";

const params = z.object({ id: z.string() });
const headers = idempotencyHeaders();
const query = pageQuery({ default: 100, max: 500 });
const reasonBody = z.strictObject({ reason });
const body = jsonBody(reasonBody);

const plan = createRoute({
  method: "post",
  path: "/api/v1/plans",
  summary: "Plans a requeue: which files, which steps, what it may cost",
  request: { body: jsonBody(planRequestSchema) },
  responses: { 201: json(planViewSchema, "The frozen plan"), ...refusals(400, 409) },
});
const readPlan = createRoute({
  method: "get",
  path: "/api/v1/plans/{id}",
  summary: "A plan, and what has changed since",
  request: { params },
  responses: { 200: json(planViewSchema, "The plan"), ...refusals(404) },
});
const planFiles = createRoute({
  method: "get",
  path: "/api/v1/plans/{id}/files",
  summary: "The files of a plan",
  request: {
    params,
    query: query.extend({ excluded: anyOf(z.enum(exclusions), "why they are left out; may be repeated") }),
  },
  responses: { 200: json(listOf(planFileSchema), "A page of files"), ...refusals(400, 404) },
});
const execute = createRoute({
  method: "post",
  path: "/api/v1/plans/{id}/execute",
  summary: "Carries a plan out, once",
  request: { params, headers, body },
  responses: { 202: json(executedSchema, "Its requeue"), ...refusals(400, 404, 409) },
});
const list = createRoute({
  method: "get",
  path: "/api/v1/requeues",
  summary: "The requeues, newest first",
  request: {
    query: query.extend({
      state: anyOf(z.enum(requeueStates), "only those in one of these states; may be repeated"),
    }),
  },
  responses: { 200: json(listOf(requeueSummarySchema), "A page of requeues"), ...refusals(400) },
});
const read = createRoute({
  method: "get",
  path: "/api/v1/requeues/{id}",
  summary: "A requeue: its progress, and its receipt",
  request: { params },
  responses: { 200: json(requeueViewSchema, "The requeue"), ...refusals(404) },
});
const requeuedFiles = createRoute({
  method: "get",
  path: "/api/v1/requeues/{id}/files",
  summary: "The files of a requeue, and what became of them",
  request: {
    params,
    query: query.extend({ outcome: anyOf(z.enum(requeueOutcomes), "what became of them; may be repeated") }),
  },
  responses: { 200: json(listOf(requeueFileSchema), "A page of files"), ...refusals(400, 404) },
});
const changes = {
  pause: "Sends no more until it is resumed",
  resume: "Lets a requeue go on",
  cancel: "Ends a requeue: what was not sent stays as it is",
} as const;
const change = <Verb extends keyof typeof changes>(verb: Verb) =>
  createRoute({
    method: "post",
    path: `/api/v1/requeues/{id}/${verb}`,
    summary: changes[verb],
    request: { params, body },
    responses: { 200: json(requeueViewSchema, "The requeue as it is now"), ...refusals(400, 404, 409) },
  });

/** Adds the plans of requeues, and the requeues that carry them out. */
export function addRequeuePlanRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(plan, async (c) => {
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    return c.json(await makePlan(ctx, c.req.valid("json"), actor), 201);
  });
  api.openapi(readPlan, async (c) => c.json(await getPlan(ctx, c.req.valid("param").id), 200));
  api.openapi(planFiles, async (c) => {
    const { limit, cursor = null, excluded = [] } = c.req.valid("query");
    return c.json(
      await listPlanFiles(ctx, { planId: c.req.valid("param").id, excluded, limit, cursor }),
      200,
    );
  });
  api.openapi(execute, async (c) => {
    const input = {
      planId: c.req.valid("param").id,
      reason: c.req.valid("json").reason ?? null,
      idempotencyKey: c.req.valid("header")["idempotency-key"] ?? null,
      actor: actorOf(ctx, c.get("principal"), c.req.raw),
    };
    return c.json(await executePlan(ctx, input), 202);
  });
  api.openapi(list, async (c) => {
    const { limit, cursor = null, state: states = [] } = c.req.valid("query");
    return c.json(await listRequeues(ctx, { states, limit, cursor }), 200);
  });
  api.openapi(read, async (c) => c.json(await getRequeue(ctx, c.req.valid("param").id), 200));
  api.openapi(requeuedFiles, async (c) => {
    const { limit, cursor = null, outcome: outcomes = [] } = c.req.valid("query");
    const { id: requeueId } = c.req.valid("param");
    return c.json(await listRequeueFiles(ctx, { requeueId, outcomes, limit, cursor }), 200);
  });
  for (const verb of ["pause", "resume", "cancel"] as const)
    api.openapi(change(verb), async (c) => {
      const { id } = c.req.valid("param");
      const actor = actorOf(ctx, c.get("principal"), c.req.raw);
      await changeRequeue(ctx, { id, verb, reason: c.req.valid("json").reason ?? null, actor });
      return c.json(await getRequeue(ctx, id), 200);
    });
}
