import { after } from "next/server";
import { failDelivery, failureCallbackSchema } from "../../../../jobs/fail-delivery.ts";
import { jobRoute } from "../../../../jobs/receive.ts";
import { getRuntime } from "../../../../runtime.ts";

export const runtime = "nodejs";
export const maxDuration = 60;

/** QStash's word that it has given a message up; signed by QStash. */
export async function POST(request: Request): Promise<Response> {
  const ctx = getRuntime();
  after(() => ctx.telemetry.flush());
  const route = jobRoute(ctx.receive, "/api/jobs/failed", failureCallbackSchema, (callback, delivery) =>
    failDelivery(ctx, callback, delivery),
  );
  return route(request);
}
