import { createRoute, z } from "@hono/zod-openapi";
import { listPlans } from "../../costs/plans/list-plans.ts";
import { monthOf } from "../../costs/plans/month.ts";
import { monthlyBill } from "../../costs/plans/monthly-bill.ts";
import { billSchema, monthSchema, newPlanSchema, planViewSchema } from "../../costs/plans/plan-view.ts";
import { setPlan } from "../../triage/set-plan.ts";
import { actorOf } from "../actor-of.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { idempotencyHeaders, jsonBody, reason } from "../deed-request.ts";

const list = createRoute({
  method: "get",
  path: "/api/v1/provider-plans",
  summary: "What providers ask for by the month and what they include, with its history",
  responses: { 200: json(z.object({ items: z.array(planViewSchema) }), "Plans"), ...refusals(400) },
});

const set = createRoute({
  method: "post",
  path: "/api/v1/provider-plans",
  summary: "Set a provider's plan: its monthly price, and its free tier by meter, from a month on",
  request: {
    headers: idempotencyHeaders("the same key twice is one plan"),
    body: jsonBody(
      newPlanSchema.extend({
        reason,
      }),
    ),
  },
  responses: { 201: json(planViewSchema, "The plan"), ...refusals(400, 409) },
});

const bill = createRoute({
  method: "get",
  path: "/api/v1/costs/bill",
  summary: "What a month's invoices should come to, with plans and free tiers",
  request: {
    query: z.object({
      month: monthSchema.optional().openapi({ description: "the present one unless it is said" }),
    }),
  },
  responses: { 200: json(billSchema, "By provider and meter"), ...refusals(400) },
});

/** Adds plans and what they make of a month. */
export function addProviderPlanRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(list, async (c) => c.json({ items: await listPlans(ctx) }, 200));
  api.openapi(set, async (c) => {
    const { reason = null, ...plan } = c.req.valid("json");
    const idempotencyKey = c.req.valid("header")["idempotency-key"] ?? null;
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    return c.json(await setPlan(ctx, { plan, reason, idempotencyKey, actor }), 201);
  });
  api.openapi(bill, async (c) => {
    const { month = monthOf(ctx.clock.now()) } = c.req.valid("query");
    return c.json(await monthlyBill(ctx, month), 200);
  });
}
