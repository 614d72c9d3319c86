import { createRoute, z } from "@hono/zod-openapi";
import { listOf } from "../../pipeline/files/file-view.ts";
import { drawPicture, findPicturedFile } from "../../pipeline/files/get-page-picture.ts";
import { listPages } from "../../pipeline/files/list-pages.ts";
import { pageViewSchema } from "../../pipeline/files/page-view.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { pageQuery } from "../page-query.ts";

const pageNumber = z.coerce.number().int().min(1).max(1_000_000);

const list = createRoute({
  method: "get",
  path: "/api/v1/files/{id}/pages",
  summary: "The pages of the newest run that has any, as they were extracted",
  request: {
    params: z.object({ id: z.string() }),
    query: pageQuery({ default: 20, max: 200 }).extend({
      from: pageNumber.default(1).openapi({ description: "the page that the list begins with" }),
    }),
  },
  responses: { 200: json(listOf(pageViewSchema), "Some pages"), ...refusals(400, 404) },
});

const picture = createRoute({
  method: "get",
  path: "/api/v1/files/{id}/pages/{page}/picture",
  summary: "A page of a PDF as it looks",
  request: { params: z.object({ id: z.string(), page: pageNumber }) },
  responses: {
    200: {
      description: "The picture; what it shows never changes, so it may be kept",
      content: { "image/png": { schema: z.string().openapi({ format: "binary" }) } },
    },
    304: { description: "The picture that the caller has is the right one" },
    ...refusals(400, 404, 422, 502, 503),
  },
});

/** Goes up when the same page would be drawn otherwise. */
const drawingVersion = 1;
/** For the reader's own browser alone, for a week. */
const cacheControl = "private, max-age=604800, immutable";

/** Adds the pages of a file: their text, and their pictures. */
export function addPageRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(list, async (c) => {
    const { id: fileId } = c.req.valid("param");
    const { limit, from, cursor = null } = c.req.valid("query");
    return c.json(await listPages(ctx, { fileId, from, limit, cursor }), 200);
  });
  api.openapi(picture, async (c) => {
    const { id: fileId, page } = c.req.valid("param");
    const file = await findPicturedFile(ctx, { fileId, page });
    const headers = {
      "Cache-Control": cacheControl,
      ETag: `"${file.contentHash}-${page}-${drawingVersion}"`,
    };
    if (c.req.header("If-None-Match") === headers.ETag) return c.body(null, 304, headers);
    return c.body(await drawPicture(ctx, file, page), 200, { ...headers, "Content-Type": "image/png" });
  });
}
