import { forgetReservations } from "../costs/budgets/forget-reservations.ts";
import { recordSpending } from "../costs/ledger/record-spending.ts";
import { dropOldSpans } from "../telemetry/store/drop-old-spans.ts";
import { preparePartitions } from "../telemetry/store/prepare-partitions.ts";
import type { JobsContext } from "./context.ts";
import { scheduledEntry } from "./delivery-entry.ts";
import { inJobSpan } from "./in-job-span.ts";
import type { Delivery, JobAnswer } from "./receive.ts";

/** What retention needs of the outside world. */
type RetainContext = Pick<JobsContext, "db" | "clock" | "telemetry" | "deployment">;

/**
 * The daily pass of retention: makes the next days of the trace store and drops those that are too old. Closed
 * reservations go too. The ledger, the sums and the rows of files, runs and attempts stay.
 * @param options.keepDays for how many days before today spans are kept
 */
export function retain(
  ctx: RetainContext,
  delivery: Delivery,
  options: { keepDays: number },
): Promise<JobAnswer> {
  return inJobSpan(ctx, "retention", delivery, async (span) => {
    await recordSpending(ctx, [scheduledEntry("retention", delivery, ctx.clock.now())]);
    const partitionsMade = await preparePartitions(ctx);
    const dropped = await dropOldSpans(ctx, options);
    const reservationsForgotten = await forgetReservations(ctx);
    span.log.info({ partitionsMade, ...dropped, reservationsForgotten }, "retention");
    return { kind: "done" };
  });
}
