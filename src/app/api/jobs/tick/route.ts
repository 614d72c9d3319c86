import { after } from "next/server";
import { z } from "zod";
import { jobRoute } from "../../../../jobs/receive.ts";
import { tick } from "../../../../pipeline/tick.ts";
import { getRuntime } from "../../../../runtime.ts";
import { watchRules } from "../../../../triage/alerts/watch-rules.ts";

export const runtime = "nodejs";
export const maxDuration = 60;

/** The minutely pass of the reconciler; called by a QStash schedule and signed by QStash. */
export async function POST(request: Request): Promise<Response> {
  const ctx = getRuntime();
  after(() => ctx.telemetry.flush());
  const route = jobRoute(ctx.receive, "/api/jobs/tick", z.unknown(), (_body, delivery) =>
    tick(ctx, delivery, (within) => watchRules({ ...ctx, log: within.log })),
  );
  return route(request);
}
