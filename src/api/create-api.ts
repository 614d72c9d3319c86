import { OpenAPIHono } from "@hono/zod-openapi";
import { WaybillError } from "../kernel/errors.ts";
import { answerError } from "./answer-error.ts";
import type { ApiContext } from "./context.ts";
import { limitBody } from "./limit-body.ts";
import { malformedRequest } from "./malformed-request.ts";
import { requirePrincipal } from "./require-principal.ts";
import { addFilePartRoutes } from "./routes/file-part-routes.ts";
import { addFileRoutes } from "./routes/file-routes.ts";
import { addProjectRoutes } from "./routes/project-routes.ts";
import { addSampleRoutes } from "./routes/sample-routes.ts";
import { addSearchRoutes } from "./routes/search-routes.ts";
import { addUploadRoutes } from "./routes/upload-routes.ts";

/** The admin API's app; every route asks for a key or a session, and answers are never kept by a cache. */
export type Api = OpenAPIHono;

/** The admin API under `/api/v1`, with its OpenAPI document at `/api/v1/openapi.json`. */
export function createApi(ctx: ApiContext): Api {
  const api: Api = new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw malformedRequest(result.error);
    },
  });
  api.use("/api/v1/*", limitBody, async (c, next) => {
    await requirePrincipal(ctx, c.req.raw);
    await next();
    c.header("Cache-Control", "no-store");
  });
  addFileRoutes(api, ctx);
  addFilePartRoutes(api, ctx);
  addSearchRoutes(api, ctx);
  addProjectRoutes(api, ctx);
  addUploadRoutes(api, ctx);
  addSampleRoutes(api, ctx);
  api.openAPIRegistry.registerComponent("securitySchemes", "key", { type: "http", scheme: "bearer" });
  api.doc31("/api/v1/openapi.json", {
    openapi: "3.1.0",
    info: { title: "Waybill", version: "1", description: "Files, their runs, traces and costs." },
    servers: [{ url: ctx.env.WAYBILL_URL }],
    security: [{ key: [] }],
  });
  api.notFound((c) => answerError(ctx.log, new WaybillError("not_found"), c.req.raw));
  api.onError((error, c) => answerError(ctx.log, error, c.req.raw));
  return api;
}
