import { after } from "next/server";
import { jobRoute } from "../../../../jobs/receive.ts";
import { getRuntime } from "../../../../runtime.ts";
import {
  reconciliationMessageSchema,
  runReconciliation,
} from "../../../../triage/reconciliation/run-reconciliation.ts";

export const runtime = "nodejs";
export const maxDuration = 60;

/** A turn of a reconciliation; called by a QStash schedule, or sent for one that goes on. Signed by QStash. */
export async function POST(request: Request): Promise<Response> {
  const ctx = getRuntime();
  after(() => ctx.telemetry.flush());
  const route = jobRoute(
    ctx.receive,
    "/api/jobs/reconcile",
    reconciliationMessageSchema,
    (message, delivery) => runReconciliation(ctx, message, delivery),
  );
  return route(request);
}
