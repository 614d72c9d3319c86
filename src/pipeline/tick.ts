import { forgetExpired } from "../access/forget-expired.ts";
import { recordSpending } from "../costs/ledger/record-spending.ts";
import { carryOnCorrections } from "../costs/prices/correct-entries.ts";
import { countSpending } from "../costs/rollups/count-spending.ts";
import { foldRollups } from "../costs/rollups/fold-rollups.ts";
import { countStorage } from "../costs/storage/count-storage.ts";
import { keepBreakers } from "../jobs/breaker/release-breaker-holds.ts";
import { rollOutcomes } from "../jobs/breaker/roll-outcomes.ts";
import { copyMessageStates } from "../jobs/copy-message-states.ts";
import { scheduledEntry } from "../jobs/delivery-entry.ts";
import { dropDeadLetters } from "../jobs/drop-dead-letters.ts";
import { carryOnMoves } from "../jobs/failures/moves/finish-moves.ts";
import { openIgnored } from "../jobs/failures/open-ignored.ts";
import { inJobSpan } from "../jobs/in-job-span.ts";
import { keepBudgets } from "../jobs/keep-budgets.ts";
import { measureDurations } from "../jobs/measure-durations.ts";
import type { Delivery, JobAnswer } from "../jobs/receive.ts";
import { reconcile } from "../jobs/reconcile.ts";
import { repairBeginnings } from "../jobs/repair-beginnings.ts";
import { sendAlerts } from "../jobs/send-alerts.ts";
import { carryOnReconciliation } from "../jobs/send-reconciliation.ts";
import { carryOnRequeues } from "../jobs/send-requeue.ts";
import { preparePartitions } from "../telemetry/store/prepare-partitions.ts";
import type { PipelineContext } from "./context.ts";
import { expireUploads } from "./files/expire-uploads.ts";

/** How long a tick corrects entries before it leaves the rest to the next, in ms. */
const correctingMs = 20_000;

/** How long a tick moves failures that a merge or a split has left, in ms. */
const movingMs = 10_000;

/**
 * One minutely pass over what should have gone on by itself. A QStash that does not take messages now is
 * no failure of the tick: the next one tries again.
 * @param watch looks whether somebody wants to be told of what is so; says how many alerts were told
 */
export function tick(
  ctx: PipelineContext,
  delivery: Delivery,
  watch: (ctx: PipelineContext) => Promise<number> = async () => 0,
): Promise<JobAnswer> {
  return inJobSpan(ctx, "tick", delivery, (span) => pass({ ...ctx, log: span.log }, delivery, watch));
}

async function pass(
  ctx: PipelineContext,
  delivery: Delivery,
  watch: (ctx: PipelineContext) => Promise<number>,
): Promise<JobAnswer> {
  await recordSpending(ctx, [scheduledEntry("tick", delivery, ctx.clock.now())]);
  const reconciled = await reconcile(ctx);
  const spansRepaired = await repairBeginnings(ctx);
  const uploadsExpired = await expireUploads(ctx);
  const reconciliationsSent = await carryOnReconciliation(ctx);
  const requeuesSent = await carryOnRequeues(ctx);
  const deadLettersDropped = await dropDeadLetters(ctx);
  const failuresOpened = await openIgnored(ctx);
  const failureMoves = await carryOnMoves(ctx, movingMs);
  const messageStates = await copyMessageStates(ctx);
  const budgetHoldsReleased = await keepBudgets(ctx);
  const callsRolled = await rollOutcomes(ctx);
  const breakerHoldsReleased = await keepBreakers(ctx);
  const storageCounted = await countStorage(ctx);
  const entriesAdjusted = await carryOnCorrections(ctx, correctingMs);
  const alertsTold = (await sendAlerts(ctx)) + (await watch(ctx));
  const { rows: sumsFolded, fresh } = await foldRollups(ctx);
  await countSpending(ctx, fresh);
  const stepsMeasured = await measureDurations(ctx);
  await preparePartitions(ctx);
  await forgetExpired(ctx);
  const repaired = { spansRepaired, uploadsExpired, deadLettersDropped, reconciliationsSent, requeuesSent };
  const money = { budgetHoldsReleased, alertsTold, entriesAdjusted, storageCounted, sumsFolded };
  const done = {
    ...reconciled,
    ...repaired,
    ...money,
    callsRolled,
    breakerHoldsReleased,
    messageStates,
    stepsMeasured,
    failuresOpened,
    failureMoves,
  };
  ctx.log.info({ ...done, spansDropped: ctx.telemetry.dropped() }, "tick");
  return { kind: "done" };
}
