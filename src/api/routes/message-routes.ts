import { createRoute, z } from "@hono/zod-openapi";
import { listOf } from "../../pipeline/files/file-view.ts";
import { listMessages } from "../../pipeline/files/list-messages.ts";
import { messageViewSchema } from "../../pipeline/files/message-view.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { pageQuery } from "../page-query.ts";

const list = createRoute({
  method: "get",
  path: "/api/v1/files/{id}/messages",
  summary: "The messages of a file, newest first, with what QStash logged of each",
  request: { params: z.object({ id: z.string() }), query: pageQuery({ default: 100, max: 500 }) },
  responses: { 200: json(listOf(messageViewSchema), "A page of messages"), ...refusals(400, 404) },
});

/** Adds the messages of a file. */
export function addMessageRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(list, async (c) => {
    const { id: fileId } = c.req.valid("param");
    const { limit, cursor = null } = c.req.valid("query");
    return c.json(await listMessages(ctx, { fileId, limit, cursor }), 200);
  });
}
