import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "../db/client.ts";
import { budgetHolds } from "../db/schema/budgets.ts";
import { steps } from "../db/schema/steps.ts";
import { endHolds, holdForMoney, type RefusedStep } from "./budget-transitions.ts";
import type { JobsContext } from "./context.ts";
import { quoteDispatch, reserveQuoted } from "./dispatch-steps.ts";
import { type EndedHold, endedHolds } from "./ended-holds.ts";
import { type FittingHold, fittingHolds } from "./fitting-holds.ts";
import { publishQuietly } from "./publish-outbox.ts";
import { lockRuns, type RunFacts } from "./run-facts.ts";
import { markRun } from "./run-transitions.ts";
import { queueSteps } from "./transitions.ts";
import { recordBudgetHold } from "./wait-spans.ts";

/** How long one pass goes on, in ms, unless said otherwise. */
const passMs = 20_000;

/** A number of our own among Postgres' advisory locks: one pass at a time. */
const passLock = 20_261_127;

/**
 * Lets held steps go on whose budgets have room for them again: the oldest document first, as far as the money
 * reaches; before them those that somebody lets go above the limit. What they need is set aside in the transaction that queues them, so none goes on to be held again.
 * Called by the tick, after a limit was raised, and after money was given back. Of two passes at once one goes on
 * for both.
 * @param budgetIds only what these hold; left out: all
 * @param forMs how long it may go on; the next tick takes the rest
 * @returns how many went on
 */
export async function releaseHolds(
  ctx: JobsContext,
  budgetIds?: readonly string[],
  forMs: number = passMs,
): Promise<number> {
  const startedMs = ctx.clock.monotonicMs();
  let released = 0;
  while (ctx.clock.monotonicMs() - startedMs < forMs) {
    // Looked at again after each batch, outside of its lock: so what others give back meanwhile is not overlooked.
    const waiting = await fittingHolds(ctx, budgetIds);
    if (waiting.length === 0) return released;
    const done = await releaseBatch(ctx, waiting);
    if (done === "busy") return released;
    released += done;
  }
  return released;
}

/** @returns how many went on, or that another pass is at work */
async function releaseBatch(ctx: JobsContext, waiting: readonly FittingHold[]): Promise<number | "busy"> {
  const done = await ctx.db.transaction(async (tx) => {
    const { rows } = await tx.execute(sql`select pg_try_advisory_xact_lock(${passLock}) as mine`);
    if (rows[0]?.mine !== true) return "busy";
    return letGo(ctx, tx, waiting);
  });
  if (done === "busy") return done;
  for (const hold of done) recordBudgetHold(ctx.telemetry.tracer, hold.run, hold);
  await publishQuietly(ctx, {});
  return done.length;
}

/** A hold that ended, with the run that its span belongs to. */
type LetGo = EndedHold & { readonly run: RunFacts };

async function letGo(ctx: JobsContext, tx: Db, waiting: readonly FittingHold[]): Promise<LetGo[]> {
  const now = ctx.clock.now();
  const runs = new Map(
    (await lockRuns(tx, [...new Set(waiting.map(({ runId }) => runId))])).map((run) => [run.runId, run]),
  );
  const held = await readHeld(tx, waiting);
  const byId = new Map(held.map((step) => [step.id, step]));
  const refused: RefusedStep[] = [];
  for (const [budgetId, own] of Map.groupBy(waiting, (hold) => hold.beyondLimitOf)) {
    const ids = own.map(({ stepId }) => stepId).filter((id) => byId.has(id));
    const quotes = await quoteDispatch({ ...ctx, db: tx }, ids, now);
    refused.push(...(await reserveQuoted(tx, quotes, { now, beyondLimitOf: budgetId ?? undefined })));
  }
  const stillHeld = new Set(refused.map(({ quote }) => quote.step.id));
  const granted = held.filter((step) => !stillHeld.has(step.id));
  await queueInTime(tx, granted, now);
  await holdForMoney(tx, refused, now);
  const holdIds = await endHolds(tx, granted, now);
  for (const runId of new Set(granted.map((step) => step.runId))) {
    const run = runs.get(runId);
    if (run) await markRun(tx, run, "running", now);
  }
  const ended = await endedHolds(tx, inArray(budgetHolds.id, holdIds));
  return ended.flatMap((hold) => {
    const run = runs.get(hold.runId);
    return run ? [{ ...hold, run }] : [];
  });
}

function readHeld(tx: Db, waiting: readonly FittingHold[]) {
  const ids = waiting.map(({ stepId }) => stepId);
  return tx
    .select({ id: steps.id, runId: steps.runId, nextAttemptAt: steps.nextAttemptAt })
    .from(steps)
    .where(and(inArray(steps.id, ids), eq(steps.state, "held"), eq(steps.heldReason, "budget_exhausted")));
}

/** One that was held in a backoff is not delivered before that is over. */
async function queueInTime(
  tx: Db,
  granted: readonly { readonly id: string; readonly nextAttemptAt: Date | null }[],
  now: Date,
): Promise<void> {
  const publishAfter = () => now;
  const backingOff = granted.filter((step) => step.nextAttemptAt !== null && step.nextAttemptAt > now);
  const atOnce = granted.filter((step) => !backingOff.includes(step)).map((step) => step.id);
  await queueSteps(tx, atOnce, { now, publishAfter });
  for (const { id, nextAttemptAt } of backingOff)
    if (nextAttemptAt !== null)
      await queueSteps(tx, [id], { now, publishAfter, deliverAfter: nextAttemptAt });
}
