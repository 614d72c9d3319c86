import { createRoute, z } from "@hono/zod-openapi";
import { listOf, searchHitSchema } from "../../pipeline/files/file-view.ts";
import { searchChunks } from "../../pipeline/files/search-chunks.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";

const search = createRoute({
  method: "get",
  path: "/api/v1/search",
  summary: "The chunks of a project that are nearest to a question, best first",
  request: {
    query: z.object({
      project: z.string().min(1).openapi({ description: "a project's slug" }),
      q: z.string().trim().min(1, "Ask for something.").max(2_000),
      limit: z.coerce.number().int().min(1).max(50).default(10),
    }),
  },
  responses: {
    200: json(listOf(searchHitSchema), "The hits; there is no second page"),
    ...refusals(400, 402, 404, 502, 503),
  },
});

/** Adds the search. */
export function addSearchRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(search, async (c) => {
    const { q: query, ...rest } = c.req.valid("query");
    return c.json({ items: await searchChunks(ctx, { ...rest, query }), nextCursor: null }, 200);
  });
}
