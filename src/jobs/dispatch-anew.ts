import { releaseEnded } from "../costs/budgets/give-back.ts";
import { reservationId } from "../costs/budgets/quote-steps.ts";
import { type DispatchContext, type Dispatched, dispatchQuoted, quoteDispatch } from "./dispatch-steps.ts";
import type { RunFacts } from "./run-facts.ts";

/** Sends another message for a step, which gives back what it had set aside for the one before. */
export async function dispatchAnew(
  ctx: DispatchContext,
  run: RunFacts,
  step: { readonly id: string; readonly dispatch: number },
  now: Date,
): Promise<Dispatched> {
  const quotes = await quoteDispatch(ctx, [step.id], now);
  await releaseEnded(ctx.db, run, now, [reservationId(step.id, step.dispatch)]);
  return dispatchQuoted(ctx.db, quotes, { now });
}
