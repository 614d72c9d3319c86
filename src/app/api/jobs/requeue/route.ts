import { after } from "next/server";
import { jobRoute } from "../../../../jobs/receive.ts";
import { getRuntime } from "../../../../runtime.ts";
import { takeTurn, turnMessageSchema } from "../../../../triage/requeues/take-turn.ts";

export const runtime = "nodejs";
export const maxDuration = 300;

/** One turn of a requeue; signed by QStash. */
export async function POST(request: Request): Promise<Response> {
  const ctx = getRuntime();
  after(() => ctx.telemetry.flush());
  const route = jobRoute(ctx.receive, "/api/jobs/requeue", turnMessageSchema, (message, delivery) =>
    takeTurn(ctx, message, delivery),
  );
  return route(request);
}
