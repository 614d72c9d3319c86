import { createRoute, z } from "@hono/zod-openapi";
import { findPanel, listDashboards } from "../../triage/dashboards/find-panel.ts";
import { dashboardViewSchema, panelBuckets, panelReadingSchema } from "../../triage/dashboards/panel-view.ts";
import { readPanel } from "../../triage/dashboards/read-panel.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";

/** What is shown when no time is asked for: the last day. */
const usualSpanMs = 86_400_000;

const list = createRoute({
  method: "get",
  path: "/api/v1/dashboards",
  summary: "The dashboards, and what each of their panels tells",
  responses: { 200: json(z.object({ items: z.array(dashboardViewSchema) }), "Dashboards"), ...refusals() },
});

const panel = createRoute({
  method: "get",
  path: "/api/v1/dashboards/{id}/panels/{panel}",
  summary: "The figures of a panel in a span of time, the last day unless it says otherwise",
  request: {
    params: z.object({ id: z.string(), panel: z.string() }),
    query: z.object({
      from: z.iso.datetime().optional(),
      to: z.iso.datetime().optional().openapi({ description: "now, when left out" }),
      bucket: z
        .enum(panelBuckets)
        .optional()
        .openapi({ description: "when left out, what fits the span; of 400 at most" }),
    }),
  },
  responses: { 200: json(panelReadingSchema, "A line for each series"), ...refusals(400, 404, 503) },
});

/** Adds the dashboards and the figures of their panels. */
export function addDashboardRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(list, (c) => c.json({ items: listDashboards() }, 200));
  api.openapi(panel, async (c) => {
    const { id, panel: panelId } = c.req.valid("param");
    const { bucket, ...ends } = c.req.valid("query");
    const to = ends.to === undefined ? ctx.clock.now() : new Date(ends.to);
    const from = ends.from === undefined ? new Date(to.getTime() - usualSpanMs) : new Date(ends.from);
    return c.json(await readPanel(ctx, { panel: findPanel(id, panelId), from, to, bucket }), 200);
  });
}
