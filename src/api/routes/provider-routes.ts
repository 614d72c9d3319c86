import { createRoute, z } from "@hono/zod-openapi";
import { breakerProviders } from "../../db/breaker-states.ts";
import { changeBreaker } from "../../triage/providers/change-breaker.ts";
import { breakerChangeSchema, providerViewSchema } from "../../triage/providers/provider-view.ts";
import { readProviders } from "../../triage/providers/read-providers.ts";
import { actorOf } from "../actor-of.ts";
import { json, refusals } from "../answers.ts";
import type { ApiContext } from "../context.ts";
import type { Api } from "../create-api.ts";

const list = createRoute({
  method: "get",
  path: "/api/v1/providers",
  summary: "The providers that steps call: how their breakers stand, and how they have answered lately",
  responses: { 200: json(z.object({ items: z.array(providerViewSchema) }), "All of them") },
});

const change = createRoute({
  method: "post",
  path: "/api/v1/providers/{provider}/breaker",
  summary: "Open or close a provider's breaker, or let a step try now whether it answers again",
  request: {
    params: z.object({ provider: z.enum(breakerProviders) }),
    headers: z.object({
      "idempotency-key": z
        .string()
        .min(1)
        .max(255)
        .optional()
        .openapi({ description: "the same key twice is one request" }),
    }),
    body: { required: true, content: { "application/json": { schema: breakerChangeSchema } } },
  },
  responses: { 200: json(providerViewSchema, "The provider as it is now"), ...refusals(400, 409) },
});

/** Adds the providers: reading them, and what people do with their breakers. */
export function addProviderRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(list, async (c) => c.json({ items: await readProviders(ctx) }, 200));
  api.openapi(change, async (c) => {
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    const idempotencyKey = c.req.valid("header")["idempotency-key"] ?? null;
    const input = { ...c.req.valid("param"), ...c.req.valid("json"), actor, idempotencyKey };
    return c.json(await changeBreaker(ctx, input), 200);
  });
}
