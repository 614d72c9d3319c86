import { OpenAPIHono } from "@hono/zod-openapi";
import { requireRole } from "../access/require-role.ts";
import { WaybillError } from "../kernel/errors.ts";
import { answerError } from "./answer-error.ts";
import type { Api } from "./api.ts";
import type { ApiContext } from "./context.ts";
import { exportLists } from "./export/export-lists.ts";
import { limitBody } from "./limit-body.ts";
import { malformedRequest } from "./malformed-request.ts";
import { redactAnswers } from "./redact-answers.ts";
import { requireCaller } from "./require-caller.ts";

import { addAlertRuleRoutes } from "./routes/alert-rule-routes.ts";
import { addAuditRoutes } from "./routes/audit-routes.ts";
import { addBudgetRoutes } from "./routes/budget-routes.ts";
import { addCostRoutes } from "./routes/cost-routes.ts";
import { addDashboardRoutes } from "./routes/dashboard-routes.ts";
import { addFailureDeedRoutes } from "./routes/failure-deed-routes.ts";
import { addFailureRoutes } from "./routes/failure-routes.ts";
import { addFilePartRoutes } from "./routes/file-part-routes.ts";
import { addFileRoutes } from "./routes/file-routes.ts";
import { addFindRoutes } from "./routes/find-routes.ts";
import { addGraphRoutes } from "./routes/graph-routes.ts";
import { addKeyRoutes } from "./routes/key-routes.ts";
import { addLedgerRoutes } from "./routes/ledger-routes.ts";
import { addMeRoutes } from "./routes/me-routes.ts";
import { addMessageRoutes } from "./routes/message-routes.ts";
import { addOverviewRoutes } from "./routes/overview-routes.ts";
import { addPageRoutes } from "./routes/page-routes.ts";
import { addPeopleRoutes } from "./routes/people-routes.ts";
import { addPriceRoutes } from "./routes/price-routes.ts";
import { addProjectRoutes } from "./routes/project-routes.ts";
import { addProviderPlanRoutes } from "./routes/provider-plan-routes.ts";
import { addProviderRoutes } from "./routes/provider-routes.ts";
import { addQueueDeedRoutes } from "./routes/queue-deed-routes.ts";
import { addQueueRoutes } from "./routes/queue-routes.ts";
import { addReconciliationRoutes } from "./routes/reconciliation-routes.ts";
import { addRedactionRoutes } from "./routes/redaction-routes.ts";
import { addRequeuePlanRoutes } from "./routes/requeue-plan-routes.ts";
import { addRequeueRoutes } from "./routes/requeue-routes.ts";
import { addSampleRoutes } from "./routes/sample-routes.ts";
import { addSearchRoutes } from "./routes/search-routes.ts";
import { addStuckRoutes } from "./routes/stuck-routes.ts";
import { addTimeRoutes } from "./routes/time-routes.ts";
import { addTraceRoutes } from "./routes/trace-routes.ts";
import { addTruthRoutes } from "./routes/truth-routes.ts";
import { addUploadRoutes } from "./routes/upload-routes.ts";
import { addViewRoutes } from "./routes/view-routes.ts";
import { checkPermissions, servedRoute } from "./served-route.ts";
import { shareAnswers } from "./share-answers.ts";

/** The admin API under `/api/v1`, with its OpenAPI document at `/api/v1/openapi.json`. */
export function createApi(ctx: ApiContext): Api {
  const api: Api = new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw malformedRequest(result.error);
    },
  });
  api.use("/api/v1/*", limitBody, async (c, next) => {
    const cookies: string[] = [];
    const caller = await requireCaller(ctx, c.req.raw, (cookie) => cookies.push(cookie));
    const route = servedRoute(c);
    if (route !== undefined) requireRole(caller, route);
    c.set("principal", caller);
    await next();
    for (const cookie of cookies) c.header("Set-Cookie", cookie, { append: true });
    if (!c.res.headers.has("Cache-Control")) c.header("Cache-Control", "no-store");
  });
  api.use("/api/v1/*", exportLists(api), redactAnswers(ctx), shareAnswers(ctx));
  addMeRoutes(api, ctx);
  addPeopleRoutes(api, ctx);
  addKeyRoutes(api, ctx);
  addRedactionRoutes(api, ctx);
  addAlertRuleRoutes(api, ctx);
  addOverviewRoutes(api, ctx);
  addFileRoutes(api, ctx);
  addFilePartRoutes(api, ctx);
  addTimeRoutes(api, ctx);
  addTraceRoutes(api, ctx);
  addPageRoutes(api, ctx);
  addMessageRoutes(api, ctx);
  addRequeueRoutes(api, ctx);
  addFailureRoutes(api, ctx);
  addFailureDeedRoutes(api, ctx);
  addStuckRoutes(api, ctx);
  addRequeuePlanRoutes(api, ctx);
  addAuditRoutes(api, ctx);
  addGraphRoutes(api, ctx);
  addReconciliationRoutes(api, ctx);
  addFindRoutes(api, ctx);
  addSearchRoutes(api, ctx);
  addProjectRoutes(api, ctx);
  addPriceRoutes(api, ctx);
  addProviderPlanRoutes(api, ctx);
  addProviderRoutes(api, ctx);
  addQueueRoutes(api, ctx);
  addQueueDeedRoutes(api, ctx);
  addBudgetRoutes(api, ctx);
  addLedgerRoutes(api, ctx);
  addCostRoutes(api, ctx);
  addDashboardRoutes(api, ctx);
  addTruthRoutes(api, ctx);
  addUploadRoutes(api, ctx);
  addSampleRoutes(api, ctx);
  addViewRoutes(api, ctx);
  api.openAPIRegistry.registerComponent("securitySchemes", "key", { type: "http", scheme: "bearer" });
  api.doc31("/api/v1/openapi.json", {
    openapi: "3.1.0",
    info: { title: "Waybill", version: "1", description: "Files, their runs, traces and costs." },
    servers: [{ url: ctx.env.WAYBILL_URL }],
    security: [{ key: [] }],
  });
  checkPermissions(api);
  api.notFound((c) => answerError(ctx.log, new WaybillError("not_found"), c.req.raw));
  api.onError((error, c) => answerError(ctx.log, error, c.req.raw));
  return api;
}
