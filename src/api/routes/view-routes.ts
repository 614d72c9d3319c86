import { createRoute, z } from "@hono/zod-openapi";
import type { Principal } from "../../access/principal.ts";
import { listOf } from "../../pipeline/files/file-view.ts";
import { listViews } from "../../triage/views/list-views.ts";
import { removeView } from "../../triage/views/remove-view.ts";
import { saveView, type ViewOwner } from "../../triage/views/save-view.ts";
import { newViewSchema, savedViewSchema } from "../../triage/views/view-view.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { jsonBody } from "../deed-request.ts";
import { pageQuery } from "../page-query.ts";

const list = createRoute({
  method: "get",
  path: "/api/v1/views",
  summary: "The caller's own saved views and the shared ones, by page and name",
  request: {
    query: pageQuery({ default: 100, max: 500 }).extend({
      page: z.string().optional().openapi({ description: "only those of this page, as /failures" }),
    }),
  },
  responses: { 200: json(listOf(savedViewSchema), "A page of views"), ...refusals(400) },
});

const save = createRoute({
  method: "post",
  path: "/api/v1/views",
  summary: "Saves a view, in place of the caller's own of the same page and name",
  request: { body: jsonBody(newViewSchema) },
  responses: { 201: json(savedViewSchema, "The view"), ...refusals(400, 403) },
});

const remove = createRoute({
  method: "delete",
  path: "/api/v1/views/{id}",
  summary: "Takes one of the caller's own views away",
  request: { params: z.object({ id: z.string() }) },
  responses: { 204: { description: "It is gone" }, ...refusals(403, 404) },
});

/** Adds saved views. */
export function addViewRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(list, async (c) => {
    const { limit, cursor = null, page } = c.req.valid("query");
    return c.json(await listViews(ctx, { limit, cursor, page }, ownerOf(c.get("principal"))), 200);
  });
  api.openapi(save, async (c) =>
    c.json(await saveView(ctx, c.req.valid("json"), ownerOf(c.get("principal"))), 201),
  );
  api.openapi(remove, async (c) => {
    await removeView(ctx, c.req.valid("param").id, ownerOf(c.get("principal")));
    return c.body(null, 204);
  });
}

function ownerOf({ keyId, keyName }: Principal): ViewOwner {
  return { id: keyId, name: keyName };
}
