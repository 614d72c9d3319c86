import { releaseEnded } from "../costs/budgets/give-back.ts";
import { openFileAccounts } from "../costs/budgets/open-file-accounts.ts";
import { type Quote, quoteSteps } from "../costs/budgets/quote-steps.ts";
import { reserve } from "../costs/budgets/reserve.ts";
import type { Db } from "../db/client.ts";
import type { ComputeShares } from "../kernel/compute-shares.ts";
import { holdForMoney, type RefusedStep } from "./budget-transitions.ts";
import { type RunPlace, restRun } from "./run-transitions.ts";
import { queueSteps } from "./transitions.ts";

/** A transaction, and the machine that steps will run on. */
export interface DispatchContext {
  readonly db: Db;
  readonly compute: Pick<ComputeShares, "memoryMb">;
}

/** When messages are sent and delivered. */
export interface DispatchTimes {
  readonly now: Date;
  readonly publishAfter?: (stepId: string) => Date;
  readonly deliverAfter?: Date;
}

/** What became of steps that were to be dispatched. */
export interface Dispatched {
  readonly queued: readonly { readonly stepId: string; readonly dispatch: number }[];
  /** Those that wait for money. */
  readonly held: readonly string[];
}

/** What the next dispatch of each step may cost; opens the accounts that it counts in. */
export async function quoteDispatch(
  ctx: DispatchContext,
  stepIds: readonly string[],
  now: Date,
): Promise<Quote[]> {
  const quotes = await quoteSteps(ctx, stepIds, { now, ahead: 1 });
  await openAccountsFor(ctx.db, quotes, now);
  return quotes;
}

/**
 * Dispatches steps as far as the budgets allow: sets aside what each may cost and queues it with the outbox row of
 * its message. The others are held, without a message: none is sent that a budget would stop.
 */
export async function dispatchQuoted(
  tx: Db,
  quotes: readonly Quote[],
  times: DispatchTimes,
): Promise<Dispatched> {
  const refused = await reserveQuoted(tx, quotes, times);
  const held = refused.map(({ quote }) => quote.step.id);
  const granted = quotes.map((quote) => quote.step.id).filter((id) => !held.includes(id));
  const publishAfter = times.publishAfter ?? (() => times.now);
  const queued = await queueSteps(tx, granted, { ...times, publishAfter });
  await holdRefused(tx, refused, times.now);
  return { queued, held };
}

/** As `dispatchQuoted`, of steps that nobody has quoted yet. */
export async function dispatchSteps(
  ctx: DispatchContext,
  stepIds: readonly string[],
  times: DispatchTimes,
): Promise<Dispatched> {
  const quotes = await quoteDispatch(ctx, stepIds, times.now);
  return dispatchQuoted(ctx.db, quotes, times);
}

/**
 * Tops a dispatch up for another attempt of the same message; a step that is refused is held instead.
 * @returns whether it may be tried again
 */
export async function topUpDispatch(
  ctx: DispatchContext,
  run: RunPlace,
  stepId: string,
  now: Date,
): Promise<boolean> {
  const quotes = await quoteSteps(ctx, [stepId], { now, ahead: 0 });
  await openAccountsFor(ctx.db, quotes, now);
  const refused = await reserveQuoted(ctx.db, quotes, { now });
  if (refused.length === 0) return true;
  await holdRefused(ctx.db, refused, now);
  await releaseEnded(ctx.db, run, now);
  return false;
}

async function openAccountsFor(tx: Db, quotes: readonly Quote[], now: Date): Promise<void> {
  const files = new Set(quotes.filter((quote) => quote.fileUnopened).map((quote) => quote.fileId));
  if (files.size > 0) await openFileAccounts(tx, [...files], now);
}

async function holdRefused(tx: Db, refused: readonly RefusedStep[], now: Date): Promise<void> {
  if (refused.length === 0) return;
  await holdForMoney(tx, refused, now);
  const fileOf = new Map(refused.map(({ quote }) => [quote.step.runId, quote.fileId]));
  for (const [runId, fileId] of fileOf) await restRun(tx, { runId, fileId }, now);
}

/** Sets aside what the quotes ask for. @returns those that a budget has no room for */
export async function reserveQuoted(
  tx: Db,
  quotes: readonly Quote[],
  options: { now: Date; beyondLimitOf?: string | undefined },
): Promise<RefusedStep[]> {
  const byId = new Map(quotes.map((quote) => [quote.id, quote]));
  const refusals = await reserve(tx, quotes, options);
  return refusals.flatMap((refusal) => {
    const quote = byId.get(refusal.id);
    return quote ? [{ quote, refusal }] : [];
  });
}
