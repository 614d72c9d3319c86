import { after } from "next/server";
import { z } from "zod";
import { jobRoute } from "../../../../jobs/receive.ts";
import { retain } from "../../../../jobs/retain.ts";
import { getRuntime } from "../../../../runtime.ts";

export const runtime = "nodejs";
export const maxDuration = 60;

/** The daily pass of retention; called by a QStash schedule and signed by QStash. */
export async function POST(request: Request): Promise<Response> {
  const ctx = getRuntime();
  after(() => ctx.telemetry.flush());
  const route = jobRoute(ctx.receive, "/api/jobs/retention", z.unknown(), (_body, delivery) =>
    retain(ctx, delivery, { keepDays: ctx.env.WAYBILL_TRACE_RETENTION_DAYS }),
  );
  return route(request);
}
