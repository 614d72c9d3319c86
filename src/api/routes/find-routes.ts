import { createRoute, z } from "@hono/zod-openapi";
import { findById } from "../../pipeline/find/find-by-id.ts";
import { foundPlacesSchema } from "../../pipeline/find/found-view.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";

const find = createRoute({
  method: "get",
  path: "/api/v1/find",
  summary: "Where an id of any kind, or a part of a file's name, leads to",
  request: { query: z.object({ id: z.string().trim().min(1).max(255) }) },
  responses: {
    200: json(foundPlacesSchema, "At most ten places; none when nothing has it"),
    ...refusals(400),
  },
});

/** Adds the finding by id. */
export function addFindRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(find, async (c) => c.json(await findById(ctx, c.req.valid("query")), 200));
}
