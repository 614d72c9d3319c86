import { createRoute, z } from "@hono/zod-openapi";
import { ledgerLink } from "../../costs/ledger/ledger-link.ts";
import { projectSlugs } from "../../costs/project-slugs.ts";
import { costDimensions, costSeries } from "../../costs/reports/cost-series.ts";
import { costSummary } from "../../costs/reports/cost-summary.ts";
import { costChartSchema, costSummarySchema, dearestFilesSchema } from "../../costs/reports/cost-views.ts";
import { dearestFiles } from "../../costs/reports/dearest-files.ts";
import { bucketWidths } from "../../costs/reports/time-buckets.ts";
import { isTimeZone } from "../../kernel/time-zone.ts";
import { findProject } from "../../pipeline/projects/find-project.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { costChartView } from "../cost-chart-view.ts";
import { costSpan, wholeQuarters } from "../cost-span.ts";
import { costSummaryView } from "../cost-summary-view.ts";
import { ledgerQuery, toLedgerFilter } from "../ledger-query.ts";

const timeZone = z
  .string()
  .refine((name) => isTimeZone(name), "is no time zone")
  .default("UTC")
  .openapi({ description: "IANA name of the zone in which days, weeks and months begin" });

const chartQuery = ledgerQuery
  .pick({
    project: true,
    step: true,
    meter: true,
    provider: true,
    model: true,
    waste: true,
    from: true,
    to: true,
  })
  .extend({
    by: z.enum(costDimensions).default("step").openapi({ description: "what the lines are" }),
    bucket: z.enum(bucketWidths).default("day"),
    timeZone,
  });

const chart = createRoute({
  method: "get",
  path: "/api/v1/costs",
  summary: "Costs over time, told apart by project, step, meter, provider, model or waste",
  request: { query: chartQuery },
  responses: { 200: json(costChartSchema, "A line for each, with a point a bucket"), ...refusals(400, 404) },
});

const spanQuery = ledgerQuery.pick({ project: true, from: true, to: true });

const summary = createRoute({
  method: "get",
  path: "/api/v1/costs/summary",
  summary: "What was spent, what of it for nothing, and what a thousand pages cost",
  request: { query: spanQuery },
  responses: { 200: json(costSummarySchema, "The costs at a glance"), ...refusals(400, 404) },
});

const files = createRoute({
  method: "get",
  path: "/api/v1/costs/files",
  summary: "The dearest files of those whose newest run ended in these days of UTC",
  request: { query: spanQuery.extend({ limit: z.coerce.number().int().min(1).max(100).default(20) }) },
  responses: { 200: json(dearestFilesSchema, "Files, dearest first"), ...refusals(400, 404) },
});

/** Adds what the ledger comes to: over time, at a glance, and by files. */
export function addCostRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(chart, async (c) => {
    const { by, bucket, timeZone: zone, from: _, to: _to, ...query } = c.req.valid("query");
    const span = costSpan(ctx, c.req.valid("query"));
    const filter = await toLedgerFilter(ctx, query);
    const found = await costSeries(ctx, { time: { ...span, bucket, timeZone: zone }, by, filter });
    const slugs =
      by === "project"
        ? await projectSlugs(
            ctx,
            found.series.map(({ key }) => key),
          )
        : null;
    return c.json(costChartView(found, { by, query, nameOf: (key) => (key && slugs?.get(key)) ?? key }), 200);
  });
  api.openapi(summary, async (c) => {
    const { project } = c.req.valid("query");
    const span = wholeQuarters(costSpan(ctx, c.req.valid("query")));
    const projectId = await projectIdOf(ctx, project);
    return c.json(costSummaryView(await costSummary(ctx, { ...span, projectId }), { ...span, project }), 200);
  });
  api.openapi(files, async (c) => {
    const { project, limit } = c.req.valid("query");
    const span = costSpan(ctx, c.req.valid("query"));
    const found = await dearestFiles(ctx, { ...span, projectId: await projectIdOf(ctx, project), limit });
    return c.json(
      { items: found.map((file) => ({ ...file, ledger: ledgerLink({ file: file.fileId }) })) },
      200,
    );
  });
}

async function projectIdOf(ctx: ApiContext, slug: string | undefined): Promise<string | undefined> {
  return slug === undefined ? undefined : (await findProject(ctx, slug)).id;
}
