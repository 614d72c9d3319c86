import { createRoute, z } from "@hono/zod-openapi";
import { fileStatuses, fileSummarySchema, fileViewSchema, listOf } from "../../pipeline/files/file-view.ts";
import { getFile } from "../../pipeline/files/get-file.ts";
import { listFiles } from "../../pipeline/files/list-files.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { pageQuery } from "../page-query.ts";

const status = z.enum(fileStatuses);
const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const list = createRoute({
  method: "get",
  path: "/api/v1/files",
  summary: "Files, newest first",
  request: {
    query: pageQuery({ default: 50, max: 100 }).extend({
      project: z.string().min(1).optional().openapi({ description: "a project's slug" }),
      status: z
        .preprocess(
          (value) => (value === undefined || Array.isArray(value) ? value : [value]),
          z.array(status),
        )
        .optional()
        .openapi({ type: "array", items: { type: "string", enum: [...fileStatuses] } }),
      q: z.string().max(255).optional().openapi({ description: "a part of the name" }),
      step: z.string().min(1).max(60).optional().openapi({ description: "at which it stands failed" }),
      createdAfter: time.optional().openapi({ type: "string", format: "date-time" }),
      createdBefore: time.optional().openapi({ type: "string", format: "date-time" }),
    }),
  },
  responses: { 200: json(listOf(fileSummarySchema), "A page of files"), ...refusals(400, 404) },
});

const get = createRoute({
  method: "get",
  path: "/api/v1/files/{id}",
  summary: "A file with its runs, steps and attempts",
  request: { params: z.object({ id: z.string() }) },
  responses: { 200: json(fileViewSchema, "The file"), ...refusals(404) },
});

/** Adds the files: list and one. */
export function addFileRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(list, async (c) => {
    const { q, status: statuses, cursor = null, ...rest } = c.req.valid("query");
    return c.json(await listFiles(ctx, { ...rest, cursor, statuses, name: q }), 200);
  });
  api.openapi(get, async (c) => c.json(await getFile(ctx, c.req.valid("param").id), 200));
}
