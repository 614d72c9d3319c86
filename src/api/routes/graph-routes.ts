import { createRoute, z } from "@hono/zod-openapi";
import { fileStatuses, listOf } from "../../pipeline/files/file-view.ts";
import {
  graphVersionSchema,
  oneGraphVersionSchema,
  stepFiguresSchema,
  versionRunSchema,
} from "../../triage/graph-versions/graph-version-view.ts";
import { listVersionRuns } from "../../triage/graph-versions/list-version-runs.ts";
import { getGraphVersion, listGraphVersions } from "../../triage/graph-versions/read-graph-versions.ts";
import { readStepFigures } from "../../triage/graph-versions/read-step-figures.ts";
import { json, refusals } from "../answers.ts";
import { anyOf } from "../any-of.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { costSpan, wholeQuarters } from "../cost-span.ts";
import { pageQuery } from "../page-query.ts";

const params = z.object({ version: z.coerce.number().int().min(0).max(2_147_483_647) });

const list = createRoute({
  method: "get",
  path: "/api/v1/graph-versions",
  summary: "The versions of the step graph, newest first, with what became of their runs",
  request: { query: pageQuery({ default: 20, max: 100 }) },
  responses: { 200: json(listOf(graphVersionSchema), "A page of versions"), ...refusals(400) },
});

const one = createRoute({
  method: "get",
  path: "/api/v1/graph-versions/{version}",
  summary: "A version of the step graph, with its steps as they ran",
  request: { params },
  responses: { 200: json(oneGraphVersionSchema, "The version"), ...refusals(400, 404) },
});

const ofVersion = createRoute({
  method: "get",
  path: "/api/v1/graph-versions/{version}/runs",
  summary: "The runs of a version, those that began last first",
  request: {
    params,
    query: pageQuery({ default: 50, max: 200 }).extend({
      status: anyOf(z.enum(fileStatuses), "any of these states"),
    }),
  },
  responses: { 200: json(listOf(versionRunSchema), "A page of runs"), ...refusals(400) },
});

const figures = createRoute({
  method: "get",
  path: "/api/v1/step-figures",
  summary: "What each step came to in a span of time, over all versions",
  request: {
    query: z.object({
      from: z.iso.datetime().optional().openapi({ description: "from this time on; thirty days ago" }),
      to: z.iso.datetime().optional().openapi({ description: "before this time; now" }),
    }),
  },
  responses: {
    200: json(
      z.object({ from: z.string(), to: z.string(), items: z.array(stepFiguresSchema) }),
      "By step, in whole quarter hours of UTC",
    ),
    ...refusals(400),
  },
});

/** Adds the versions of the step graph and what its steps come to. */
export function addGraphRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(list, async (c) => {
    const { limit, cursor = null } = c.req.valid("query");
    return c.json(await listGraphVersions(ctx, { limit, cursor }), 200);
  });
  api.openapi(one, async (c) => c.json(await getGraphVersion(ctx, c.req.valid("param").version), 200));
  api.openapi(ofVersion, async (c) => {
    const { limit, cursor = null, status: statuses } = c.req.valid("query");
    const { version } = c.req.valid("param");
    return c.json(await listVersionRuns(ctx, { version, statuses, limit, cursor }), 200);
  });
  api.openapi(figures, async (c) => {
    const span = wholeQuarters(costSpan(ctx, c.req.valid("query")));
    const items = await readStepFigures(ctx, span);
    return c.json({ from: span.from.toISOString(), to: span.to.toISOString(), items }, 200);
  });
}
