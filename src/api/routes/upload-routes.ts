import { createRoute, z } from "@hono/zod-openapi";
import { getUpload } from "../../pipeline/files/get-upload.ts";
import { uploadViewSchema } from "../../pipeline/files/upload-view.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";

const get = createRoute({
  method: "get",
  path: "/api/v1/uploads/{id}",
  summary: "Where a browser's upload stands",
  request: { params: z.object({ id: z.string() }) },
  responses: { 200: json(uploadViewSchema, "The upload"), ...refusals(404) },
});

/** Adds the look at an upload. */
export function addUploadRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(get, async (c) => c.json(await getUpload(ctx, c.req.valid("param").id), 200));
}
