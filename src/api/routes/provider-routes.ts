import { createRoute, z } from "@hono/zod-openapi";
import { breakerProviders } from "../../db/breaker-states.ts";
import { listOf } from "../../pipeline/files/file-view.ts";
import { changeBreaker } from "../../triage/providers/change-breaker.ts";
import { providerCourseSchema } from "../../triage/providers/course-view.ts";
import { listProviderChanges } from "../../triage/providers/list-changes.ts";
import {
  breakerChangeSchema,
  providerChangeSchema,
  providerViewSchema,
} from "../../triage/providers/provider-view.ts";
import { readCourse } from "../../triage/providers/read-course.ts";
import { readProviders } from "../../triage/providers/read-providers.ts";
import { readServices } from "../../triage/providers/read-services.ts";
import { servicesSchema } from "../../triage/providers/services-view.ts";
import { actorOf } from "../actor-of.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { idempotencyHeaders, jsonBody } from "../deed-request.ts";
import { pageQuery } from "../page-query.ts";

/** What is shown when no time is asked for: the last hour. */
const usualSpanMs = 3_600_000;

const params = z.object({ provider: z.enum(breakerProviders) });

const list = createRoute({
  method: "get",
  path: "/api/v1/providers",
  summary: "The providers that steps call: how their breakers stand, and how they have answered lately",
  responses: { 200: json(z.object({ items: z.array(providerViewSchema) }), "All of them") },
});

const services = createRoute({
  method: "get",
  path: "/api/v1/services",
  summary: "How QStash, the database and the sandbox stand, which have no breaker",
  responses: { 200: json(servicesSchema, "All of them"), ...refusals() },
});

const course = createRoute({
  method: "get",
  path: "/api/v1/providers/{provider}/course",
  summary: "How a provider answered over a span of time, the last hour unless it says otherwise",
  request: {
    params,
    query: z.object({
      from: z.iso.datetime().optional(),
      to: z.iso.datetime().optional().openapi({ description: "now, when left out" }),
    }),
  },
  responses: { 200: json(providerCourseSchema, "A value for each bucket of time"), ...refusals(400) },
});

const changes = createRoute({
  method: "get",
  path: "/api/v1/providers/{provider}/changes",
  summary: "The changes of a breaker's state, newest first",
  request: { params, query: pageQuery({ default: 25, max: 200 }) },
  responses: { 200: json(listOf(providerChangeSchema), "A page of changes"), ...refusals(400) },
});

const change = createRoute({
  method: "post",
  path: "/api/v1/providers/{provider}/breaker",
  summary: "Open or close a provider's breaker, or let a step try now whether it answers again",
  request: {
    params,
    headers: idempotencyHeaders(),
    body: jsonBody(breakerChangeSchema),
  },
  responses: { 200: json(providerViewSchema, "The provider as it is now"), ...refusals(400, 409) },
});

/** Adds the providers: reading them and their course, and what people do with their breakers. */
export function addProviderRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(list, async (c) => c.json({ items: await readProviders(ctx) }, 200));
  api.openapi(services, async (c) => c.json({ items: await readServices(ctx) }, 200));
  api.openapi(course, async (c) => {
    const ends = c.req.valid("query");
    const to = ends.to === undefined ? ctx.clock.now() : new Date(ends.to);
    const from = ends.from === undefined ? new Date(to.getTime() - usualSpanMs) : new Date(ends.from);
    return c.json(await readCourse(ctx, { ...c.req.valid("param"), from, to }), 200);
  });
  api.openapi(changes, async (c) => {
    const { cursor = null, limit } = c.req.valid("query");
    return c.json(await listProviderChanges(ctx, { ...c.req.valid("param"), cursor, limit }), 200);
  });
  api.openapi(change, async (c) => {
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    const idempotencyKey = c.req.valid("header")["idempotency-key"] ?? null;
    const input = { ...c.req.valid("param"), ...c.req.valid("json"), actor, idempotencyKey };
    return c.json(await changeBreaker(ctx, input), 200);
  });
}
