import { createRoute, z } from "@hono/zod-openapi";
import { listOf } from "../../pipeline/files/file-view.ts";
import {
  alertRuleSchema,
  alertSchema,
  newRuleSchema,
  ruleChangeSchema,
} from "../../triage/alerts/alert-rule-view.ts";
import { changeRule, createRule, removeRule } from "../../triage/alerts/change-rules.ts";
import { listAlerts } from "../../triage/alerts/list-alerts.ts";
import { listRules } from "../../triage/alerts/list-rules.ts";
import { sendTest } from "../../triage/alerts/send-test.ts";
import { actorOf } from "../actor-of.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { jsonBody, reason } from "../deed-request.ts";
import { pageQuery } from "../page-query.ts";

const params = z.object({ id: z.string().min(1).max(255) });

const list = createRoute({
  method: "get",
  path: "/api/v1/alert-rules",
  summary: "Of what admins are told, and where, the newest rule first",
  responses: { 200: json(z.object({ items: z.array(alertRuleSchema) }), "All of them"), ...refusals(403) },
});

const create = createRoute({
  method: "post",
  path: "/api/v1/alert-rules",
  summary: "Make a rule of alerts",
  request: { body: jsonBody(newRuleSchema.safeExtend({ reason })) },
  responses: { 201: json(alertRuleSchema, "The rule"), ...refusals(400, 403, 404) },
});

const change = createRoute({
  method: "patch",
  path: "/api/v1/alert-rules/{id}",
  summary: "Change a rule of alerts, pause it, or let it go on",
  request: { params, body: jsonBody(ruleChangeSchema.extend({ reason })) },
  responses: { 200: json(alertRuleSchema, "The rule"), ...refusals(400, 403, 404) },
});

const remove = createRoute({
  method: "delete",
  path: "/api/v1/alert-rules/{id}",
  summary: "Take a rule of alerts away",
  request: { params, query: z.object({ reason }) },
  responses: { 200: json(z.object({ done: z.literal(true) }), "Done"), ...refusals(403, 404) },
});

const told = createRoute({
  method: "get",
  path: "/api/v1/alert-rules/{id}/alerts",
  summary: "What a rule has told, newest first",
  request: { params, query: pageQuery({ default: 20, max: 200 }) },
  responses: { 200: json(listOf(alertSchema), "A page of alerts"), ...refusals(400, 403, 404) },
});

const test = createRoute({
  method: "post",
  path: "/api/v1/alert-rules/{id}/test",
  summary: "Send an alert that says that it is a test",
  request: { params },
  responses: { 200: json(alertSchema, "What became of it"), ...refusals(403, 404) },
});

/** Adds the rules of alerts. */
export function addAlertRuleRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(list, async (c) => c.json({ items: await listRules(ctx) }, 200));
  api.openapi(create, async (c) => {
    const { reason: why = null, ...rule } = c.req.valid("json");
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    return c.json(await createRule(ctx, { rule, actor, reason: why }), 201);
  });
  api.openapi(change, async (c) => {
    const { reason: why = null, ...asked } = c.req.valid("json");
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    const { id } = c.req.valid("param");
    return c.json(await changeRule(ctx, { id, change: asked, actor, reason: why }), 200);
  });
  api.openapi(remove, async (c) => {
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    const why = c.req.valid("query").reason ?? null;
    await removeRule(ctx, { id: c.req.valid("param").id, actor, reason: why });
    return c.json({ done: true as const }, 200);
  });
  api.openapi(told, async (c) => {
    const { cursor = null, limit } = c.req.valid("query");
    return c.json(await listAlerts(ctx, { ruleId: c.req.valid("param").id, cursor, limit }), 200);
  });
  api.openapi(test, async (c) => {
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    return c.json(await sendTest(ctx, { id: c.req.valid("param").id, actor }), 200);
  });
}
