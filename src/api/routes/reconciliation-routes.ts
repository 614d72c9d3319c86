import { createRoute, z } from "@hono/zod-openapi";
import { findingClasses } from "../../db/reconciliation-states.ts";
import { listOf } from "../../pipeline/files/file-view.ts";
import { beginReconciliation } from "../../triage/reconciliation/begin-reconciliation.ts";
import { listDeadLetters } from "../../triage/reconciliation/list-dead-letters.ts";
import { listFindings } from "../../triage/reconciliation/list-findings.ts";
import { getReconciliation, listReconciliations } from "../../triage/reconciliation/read-reconciliations.ts";
import {
  deadLetterViewSchema,
  findingViewSchema,
  reconciliationViewSchema,
  repairedSchema,
} from "../../triage/reconciliation/reconciliation-view.ts";
import { repairReconciliation } from "../../triage/reconciliation/repair-reconciliation.ts";
import { actorOf } from "../actor-of.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { jsonBody, reason } from "../deed-request.ts";
import { pageQuery } from "../page-query.ts";

const params = z.object({ id: z.string() });
const list = createRoute({
  method: "get",
  path: "/api/v1/reconciliations",
  summary: "How QStash, Postgres and the vector index were held against each other, newest first",
  request: { query: pageQuery({ default: 20, max: 100 }) },
  responses: { 200: json(listOf(reconciliationViewSchema), "A page"), ...refusals(400) },
});

const begin = createRoute({
  method: "post",
  path: "/api/v1/reconciliations",
  summary: "Hold them against each other now; one that is under way is joined",
  request: {
    body: jsonBody(z.strictObject({ reason })),
  },
  responses: { 202: json(reconciliationViewSchema, "It is under way"), ...refusals(400) },
});

const get = createRoute({
  method: "get",
  path: "/api/v1/reconciliations/{id}",
  summary: "What was looked through and found",
  request: { params },
  responses: { 200: json(reconciliationViewSchema, "The reconciliation"), ...refusals(404) },
});

const findings = createRoute({
  method: "get",
  path: "/api/v1/reconciliations/{id}/findings",
  summary: "Each disagreement that was found",
  request: {
    params,
    query: pageQuery({ default: 50, max: 500 }).extend({
      class: z.enum(findingClasses).optional(),
      open: z.literal("true").optional().openapi({ description: "only what is neither repaired nor gone" }),
    }),
  },
  responses: { 200: json(listOf(findingViewSchema), "A page of findings"), ...refusals(400, 404) },
});

const repairBody = z.union([
  z.strictObject({ class: z.enum(findingClasses), reason }),
  z.strictObject({ findings: z.array(z.string().min(1).max(100)).min(1).max(100), reason }),
]);

const repair = createRoute({
  method: "post",
  path: "/api/v1/reconciliations/{id}/repair",
  summary: "Put findings right, a hundred at most",
  request: { params, body: jsonBody(repairBody) },
  responses: { 200: json(repairedSchema, "What it came to"), ...refusals(400, 404, 502, 503) },
});

const deadLetters = createRoute({
  method: "get",
  path: "/api/v1/dead-letters",
  summary: "QStash's dead letters, with the time at which QStash forgets each",
  request: { query: pageQuery({ default: 50, max: 100 }) },
  responses: { 200: json(listOf(deadLetterViewSchema), "A page"), ...refusals(400, 502, 503) },
});

/** Adds reconciliations and dead letters. */
export function addReconciliationRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(list, async (c) => {
    const { limit, cursor = null } = c.req.valid("query");
    return c.json(await listReconciliations(ctx, { limit, cursor }), 200);
  });
  api.openapi(begin, async (c) => {
    const { reason: why = null } = c.req.valid("json");
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    const id = await beginReconciliation(ctx, { actor, reason: why });
    return c.json(await getReconciliation(ctx, id), 202);
  });
  api.openapi(get, async (c) => c.json(await getReconciliation(ctx, c.req.valid("param").id), 200));
  api.openapi(findings, async (c) => {
    const { limit, cursor = null, class: only, open } = c.req.valid("query");
    const { id: reconciliationId } = c.req.valid("param");
    const input = { reconciliationId, class: only, open: open === "true", limit, cursor };
    return c.json(await listFindings(ctx, input), 200);
  });
  api.openapi(repair, async (c) => {
    const { reason: why = null, ...choice } = c.req.valid("json");
    const by = { actor: actorOf(ctx, c.get("principal"), c.req.raw), reason: why };
    return c.json(await repairReconciliation(ctx, c.req.valid("param").id, choice, by), 200);
  });
  api.openapi(deadLetters, async (c) => {
    const { limit, cursor = null } = c.req.valid("query");
    return c.json(await listDeadLetters(ctx, { limit, cursor }), 200);
  });
}
