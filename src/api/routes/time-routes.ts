import { createRoute, z } from "@hono/zod-openapi";
import { getFileTime } from "../../pipeline/time/get-file-time.ts";
import { fileTimeSchema } from "../../pipeline/time/time-view.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";

const time = createRoute({
  method: "get",
  path: "/api/v1/files/{id}/time",
  summary: "Where the time of a run went",
  request: {
    params: z.object({ id: z.string() }),
    query: z.object({
      run: z.coerce
        .number()
        .int()
        .min(1)
        .max(2 ** 31 - 1)
        .optional()
        .openapi({ description: "the run's number; the newest when left out" }),
    }),
  },
  responses: { 200: json(fileTimeSchema, "The time of the run, in parts"), ...refusals(400, 404) },
});

/** Adds where the time of a file's runs went. */
export function addTimeRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(time, async (c) => {
    const { id: fileId } = c.req.valid("param");
    const { run = null } = c.req.valid("query");
    return c.json(await getFileTime(ctx, { fileId, run }), 200);
  });
}
