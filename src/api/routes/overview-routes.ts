import { createRoute } from "@hono/zod-openapi";
import { requestLog } from "../../telemetry/request-log.ts";
import { overviewSchema } from "../../triage/overview/overview-view.ts";
import { readOverview } from "../../triage/overview/read-overview.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";

const overview = createRoute({
  method: "get",
  path: "/api/v1/overview",
  summary: "All at a glance: what fails, what does not go on, what is spent, how fast it goes",
  responses: { 200: json(overviewSchema, "What could be read; the other parts are null"), ...refusals() },
});

/** Adds the overview. */
export function addOverviewRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(overview, async (c) => {
    const log = requestLog(ctx.log);
    const found = await readOverview(ctx, (part, err) =>
      log.error({ err, part }, "a part of the overview could not be read"),
    );
    return c.json(found, 200);
  });
}
