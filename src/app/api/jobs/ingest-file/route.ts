import { after } from "next/server";
import { stepMessageSchema } from "../../../../jobs/message.ts";
import { jobRoute } from "../../../../jobs/receive.ts";
import { runStep } from "../../../../pipeline/run-step.ts";
import { getRuntime } from "../../../../runtime.ts";

export const runtime = "nodejs";
/** In s; a delivery goes on in place for at most 240 s. */
export const maxDuration = 300;

/** One delivery of one step of a document's way; signed by QStash. */
export async function POST(request: Request): Promise<Response> {
  const ctx = getRuntime();
  after(() => ctx.telemetry.flush());
  const route = jobRoute(ctx.receive, "/api/jobs/ingest-file", stepMessageSchema, (message, delivery) =>
    runStep(ctx, message, delivery),
  );
  return route(request);
}
