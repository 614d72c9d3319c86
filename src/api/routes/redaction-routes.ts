import { createRoute, z } from "@hono/zod-openapi";
import { addRedactedField, removeRedactedField } from "../../triage/redaction/change-redaction.ts";
import { readRedaction } from "../../triage/redaction/read-redaction.ts";
import {
  fieldName,
  redactedFieldSchema,
  redactionViewSchema,
} from "../../triage/redaction/redaction-view.ts";
import { actorOf } from "../actor-of.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { jsonBody, reason } from "../deed-request.ts";

const read = createRoute({
  method: "get",
  path: "/api/v1/redaction",
  summary: "Fields of payloads whose values are not shown",
  responses: {
    200: json(redactionViewSchema, "Those that always are, and those of the settings"),
    ...refusals(),
  },
});

const add = createRoute({
  method: "post",
  path: "/api/v1/redaction/fields",
  summary: "Hide the values of a field",
  request: { body: jsonBody(z.strictObject({ field: fieldName, reason })) },
  responses: {
    200: json(redactedFieldSchema, "It was hidden already"),
    201: json(redactedFieldSchema, "It is hidden from now on"),
    ...refusals(400, 403),
  },
});

const remove = createRoute({
  method: "delete",
  path: "/api/v1/redaction/fields/{id}",
  summary: "Show the values of a field again",
  request: { params: z.object({ id: z.string().min(1).max(255) }), query: z.object({ reason }) },
  responses: { 200: json(z.object({ done: z.literal(true) }), "Done"), ...refusals(403, 404) },
});

/** Adds what is not shown of payloads. */
export function addRedactionRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(read, async (c) => c.json(await readRedaction(ctx), 200));
  api.openapi(add, async (c) => {
    const { field, reason: why = null } = c.req.valid("json");
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    const made = await addRedactedField(ctx, { field, actor, reason: why });
    return c.json(made.field, made.added ? 201 : 200);
  });
  api.openapi(remove, async (c) => {
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    const why = c.req.valid("query").reason ?? null;
    await removeRedactedField(ctx, { id: c.req.valid("param").id, actor, reason: why });
    return c.json({ done: true as const }, 200);
  });
}
