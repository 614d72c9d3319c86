import { createRoute, z } from "@hono/zod-openapi";
import { ingestSamples, listSamples } from "../../pipeline/files/ingest-samples.ts";
import { acceptedUploadSchema } from "../../pipeline/files/upload-view.ts";
import { findProject } from "../../pipeline/projects/find-project.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";

const ask = createRoute({
  method: "get",
  path: "/api/v1/samples",
  summary: "Whether this deployment has sample documents",
  responses: { 200: json(z.object({ available: z.boolean() }), "Its samples"), ...refusals() },
});

const ingest = createRoute({
  method: "post",
  path: "/api/v1/samples",
  summary: "Ingest the sample documents into the project `default`",
  responses: {
    202: json(z.object({ items: z.array(acceptedUploadSchema) }), "What was taken in"),
    ...refusals(404),
  },
});

/** Adds the sample documents. */
export function addSampleRoutes(api: Api, ctx: ApiContext): void {
  const folder = ctx.env.WAYBILL_SAMPLES_DIR;
  api.openapi(ask, async (c) => c.json({ available: (await listSamples(folder)).length > 0 }, 200));
  api.openapi(ingest, async (c) => {
    const project = await findProject(ctx, "default");
    return c.json({ items: await ingestSamples(ctx, { folder, project }) }, 202);
  });
}
