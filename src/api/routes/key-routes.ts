import { createRoute, z } from "@hono/zod-openapi";
import { roles } from "../../db/roles.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { listOf } from "../../pipeline/files/file-view.ts";
import { createKey } from "../../triage/people/create-key.ts";
import { listKeys } from "../../triage/people/list-keys.ts";
import { keyViewSchema } from "../../triage/people/person-view.ts";
import { revokeKey } from "../../triage/people/revoke-key.ts";
import { actorOf } from "../actor-of.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { jsonBody } from "../deed-request.ts";
import { pageQuery } from "../page-query.ts";

const list = createRoute({
  method: "get",
  path: "/api/v1/keys",
  summary: "API keys, the newest first",
  request: {
    query: pageQuery({ default: 50, max: 500 }).extend({
      revoked: z
        .enum(["true", "false"])
        .default("false")
        .openapi({ description: "also those that were revoked" }),
    }),
  },
  responses: { 200: json(listOf(keyViewSchema), "A page of keys"), ...refusals(400, 403) },
});

const newKey = z.strictObject({
  name: z.string().trim().min(1).max(100),
  role: z.enum(roles),
  expiresAt: z.iso.datetime().nullable().openapi({ description: "null: it does not expire" }),
});

const create = createRoute({
  method: "post",
  path: "/api/v1/keys",
  summary: "Make an API key",
  request: { body: jsonBody(newKey) },
  responses: {
    201: json(
      keyViewSchema.extend({ key: z.string().describe("the key itself, shown here and never again") }),
      "The key",
    ),
    ...refusals(400, 403),
  },
});

const revoke = createRoute({
  method: "delete",
  path: "/api/v1/keys/{id}",
  summary: "Make an API key invalid for good",
  request: { params: z.object({ id: z.string().min(1).max(255) }) },
  responses: { 200: json(z.object({ done: z.literal(true) }), "Done"), ...refusals(403, 404) },
});

/** Adds API keys. */
export function addKeyRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(list, async (c) => {
    const { limit, cursor = null, revoked } = c.req.valid("query");
    return c.json(await listKeys(ctx, { limit, cursor, revoked: revoked === "true" }), 200);
  });
  api.openapi(create, async (c) => {
    const { name, role, expiresAt } = c.req.valid("json");
    const until = expiresAt === null ? null : new Date(expiresAt);
    if (until !== null && until <= ctx.clock.now()) {
      throw new WaybillError("malformed_request", { details: { expiresAt: "lies in the past" } });
    }
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    return c.json(await createKey(ctx, { name, role, expiresAt: until, actor }), 201);
  });
  api.openapi(revoke, async (c) => {
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    await revokeKey(ctx, { id: c.req.valid("param").id, actor });
    return c.json({ done: true as const }, 200);
  });
}
