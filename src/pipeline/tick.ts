import { forgetExpired } from "../access/forget-expired.ts";
import { recordEntries } from "../costs/record-entries.ts";
import type { Delivery, JobAnswer } from "../jobs/receive.ts";
import { reconcile } from "../jobs/reconcile.ts";
import { deriveId } from "../kernel/ids.ts";
import { meters } from "../telemetry/names.ts";
import type { PipelineContext } from "./context.ts";
import { expireUploads } from "./files/expire-uploads.ts";

/**
 * One minutely pass over what should have gone on by itself. A QStash that does not take messages now is
 * no failure of the tick: the next one tries again.
 */
export async function tick(ctx: PipelineContext, delivery: Delivery): Promise<JobAnswer> {
  await ctx.db.transaction((tx) => recordEntries(tx, [tickEntry(delivery, ctx.clock.now())]));
  const reconciled = await reconcile(ctx);
  const uploadsExpired = await expireUploads(ctx);
  await forgetExpired(ctx);
  ctx.log.info({ ...reconciled, uploadsExpired, spansDropped: ctx.telemetry.dropped() }, "tick");
  return { kind: "done" };
}

/** The tick's own message costs too; it belongs to no file. */
function tickEntry(delivery: Delivery, at: Date) {
  return {
    id: deriveId("entry", "delivery", delivery.messageId, delivery.retried),
    projectId: null,
    fileId: null,
    runId: null,
    stepId: null,
    step: "tick",
    attemptId: null,
    meter: meters.qstashMessages,
    provider: "upstash",
    model: "*",
    quantity: 1,
    estimated: false,
    at,
  };
}
