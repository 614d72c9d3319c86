import { createRoute, z } from "@hono/zod-openapi";
import {
  type BudgetView,
  coursePointSchema,
  forecastBudgetSchema,
  heldStepViewSchema,
} from "../../costs/budgets/budget-view.ts";
import { listHeldSteps } from "../../costs/budgets/list-held-steps.ts";
import { getBudget, listBudgets } from "../../costs/budgets/read-budgets.ts";
import { withCourse, withForecasts } from "../../costs/budgets/read-forecast.ts";
import { listOf } from "../../pipeline/files/file-view.ts";
import { budgetChangeSchema, changeBudget, removeBudget } from "../../triage/budgets/change-budget.ts";
import { createBudget, newBudgetSchema } from "../../triage/budgets/create-budget.ts";
import {
  budgetReleasedSchema,
  budgetReleaseSchema,
  releaseBudget,
} from "../../triage/budgets/release-budget.ts";
import { actorOf } from "../actor-of.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { idempotencyHeaders, jsonBody, reason } from "../deed-request.ts";
import { pageQuery } from "../page-query.ts";

const params = z.object({ id: z.string() });
const headers = idempotencyHeaders("the same key twice is one request, with the same answer");
/** How many held steps come with a budget; the others are in its list. */
const heldShown = 50;

const list = createRoute({
  method: "get",
  path: "/api/v1/budgets",
  summary: "The budgets, with what their windows have counted",
  request: { query: pageQuery({ default: 100, max: 500 }) },
  responses: { 200: json(listOf(forecastBudgetSchema), "A page of budgets"), ...refusals(400) },
});

const create = createRoute({
  method: "post",
  path: "/api/v1/budgets",
  summary: "Makes a budget, which begins with what its window has spent already",
  request: {
    headers,
    body: jsonBody(newBudgetSchema),
  },
  responses: { 201: json(forecastBudgetSchema, "The new budget"), ...refusals(400, 403, 404, 409) },
});

const read = createRoute({
  method: "get",
  path: "/api/v1/budgets/{id}",
  summary: "A budget, and the steps that wait for it, in the order in which they go on",
  request: { params },
  responses: {
    200: json(
      forecastBudgetSchema.extend({
        course: z.array(coursePointSchema).describe("of its window so far, and as it is expected to go on"),
        heldSteps: z.array(heldStepViewSchema).describe(`the first ${heldShown}`),
      }),
      "The budget",
    ),
    ...refusals(404),
  },
});

const held = createRoute({
  method: "get",
  path: "/api/v1/budgets/{id}/holds",
  summary: "The steps that wait for a budget, in the order in which they go on",
  request: { params, query: pageQuery({ default: 100, max: 500 }) },
  responses: { 200: json(listOf(heldStepViewSchema), "A page of held steps"), ...refusals(400, 404) },
});

const change = createRoute({
  method: "patch",
  path: "/api/v1/budgets/{id}",
  summary: "Changes a budget; a raised limit lets held steps go on at once",
  request: {
    params,
    body: jsonBody(budgetChangeSchema),
  },
  responses: { 200: json(forecastBudgetSchema, "The budget as it is now"), ...refusals(400, 403, 404) },
});

const remove = createRoute({
  method: "delete",
  path: "/api/v1/budgets/{id}",
  summary: "Takes a budget away; what it holds goes on",
  request: {
    params,
    query: z.object({
      reason,
    }),
  },
  responses: { 204: { description: "It is gone" }, ...refusals(400, 403, 404) },
});

const release = createRoute({
  method: "post",
  path: "/api/v1/budgets/{id}/release",
  summary: "Lets held steps go on: as far as there is room, or above the limit",
  request: {
    params,
    headers,
    body: jsonBody(budgetReleaseSchema),
  },
  responses: { 202: json(budgetReleasedSchema, "What goes on"), ...refusals(400, 403, 404, 409) },
});

/** Adds the budgets: list, create, read, change, remove, and letting go what they hold. */
export function addBudgetRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(list, async (c) => {
    const { limit, cursor = null } = c.req.valid("query");
    const { items, nextCursor } = await listBudgets(ctx, { limit, cursor });
    return c.json({ items: await withForecasts(ctx, items), nextCursor }, 200);
  });
  api.openapi(create, async (c) => {
    const input = { ...c.req.valid("json"), actor: actorOf(ctx, c.get("principal"), c.req.raw) };
    const idempotencyKey = c.req.valid("header")["idempotency-key"] ?? null;
    return c.json(await withForecast(ctx, await createBudget(ctx, { ...input, idempotencyKey })), 201);
  });
  api.openapi(read, async (c) => {
    const { id } = c.req.valid("param");
    const budget = await getBudget(ctx, id);
    const { items } = await listHeldSteps(ctx, { budgetId: id, limit: heldShown, cursor: null });
    return c.json({ ...(await withCourse(ctx, budget)), heldSteps: items }, 200);
  });
  api.openapi(held, async (c) => {
    const { id: budgetId } = c.req.valid("param");
    const { limit, cursor = null } = c.req.valid("query");
    await getBudget(ctx, budgetId);
    return c.json(await listHeldSteps(ctx, { budgetId, limit, cursor }), 200);
  });
  api.openapi(change, async (c) => {
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    const changed = await changeBudget(ctx, { ...c.req.valid("json"), ...c.req.valid("param"), actor });
    return c.json(await withForecast(ctx, changed), 200);
  });
  api.openapi(remove, async (c) => {
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    const reason = c.req.valid("query").reason ?? null;
    await removeBudget(ctx, { ...c.req.valid("param"), actor, reason });
    return c.body(null, 204);
  });
  api.openapi(release, async (c) => {
    const input = { ...c.req.valid("json"), ...c.req.valid("param") };
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    const idempotencyKey = c.req.valid("header")["idempotency-key"] ?? null;
    return c.json(await releaseBudget(ctx, { ...input, actor, idempotencyKey }), 202);
  });
}

async function withForecast(ctx: ApiContext, budget: BudgetView) {
  const [one] = await withForecasts(ctx, [budget]);
  return one ?? { ...budget, forecast: null };
}
