import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { z } from "zod";
import { failDelivery, failureCallbackSchema } from "../../src/jobs/fail-delivery.ts";
import { stepMessageSchema } from "../../src/jobs/message.ts";
import { jobRoute } from "../../src/jobs/receive.ts";
import { retain } from "../../src/jobs/retain.ts";
import { runStep } from "../../src/pipeline/run-step.ts";
import { tick } from "../../src/pipeline/tick.ts";
import type { Runtime } from "../../src/runtime.ts";
import { watchRules } from "../../src/triage/alerts/watch-rules.ts";
import {
  reconciliationMessageSchema,
  runReconciliation,
} from "../../src/triage/reconciliation/run-reconciliation.ts";
import { takeTurn, turnMessageSchema } from "../../src/triage/requeues/take-turn.ts";

/** The job routes on a plain HTTP server, wired as src/app/api/jobs wires them. */
export function jobApp(ctx: Runtime): Hono {
  const routes = {
    "/api/jobs/ingest-file": jobRoute(
      ctx.receive,
      "/api/jobs/ingest-file",
      stepMessageSchema,
      (message, delivery) => runStep(ctx, message, delivery),
    ),
    "/api/jobs/failed": jobRoute(
      ctx.receive,
      "/api/jobs/failed",
      failureCallbackSchema,
      (callback, delivery) => failDelivery(ctx, callback, delivery),
    ),
    "/api/jobs/requeue": jobRoute(ctx.receive, "/api/jobs/requeue", turnMessageSchema, (message, delivery) =>
      takeTurn(ctx, message, delivery),
    ),
    "/api/jobs/tick": jobRoute(ctx.receive, "/api/jobs/tick", z.unknown(), (_body, delivery) =>
      tick(ctx, delivery, (within) => watchRules({ ...ctx, log: within.log })),
    ),
    "/api/jobs/reconcile": jobRoute(
      ctx.receive,
      "/api/jobs/reconcile",
      reconciliationMessageSchema,
      (message, delivery) => runReconciliation(ctx, message, delivery),
    ),
    "/api/jobs/retention": jobRoute(ctx.receive, "/api/jobs/retention", z.unknown(), (_body, delivery) =>
      retain(ctx, delivery, { keepDays: ctx.env.WAYBILL_TRACE_RETENTION_DAYS }),
    ),
  };
  const app = new Hono();
  for (const [path, route] of Object.entries(routes)) {
    app.post(path, async (c) => {
      const response = await route(c.req.raw);
      await ctx.telemetry.flush();
      return response;
    });
  }
  return app;
}

/** Serves the job routes on a port of the loopback interface. */
export async function startJobServer(ctx: Runtime, port: number): Promise<{ close(): Promise<void> }> {
  const server = serve({ fetch: jobApp(ctx).fetch, port, hostname: "127.0.0.1" });
  await new Promise<void>((resolve) => server.once("listening", resolve));
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}
