import { passBudgetGate } from "../costs/budgets/budget-gate.ts";
import { quoteSteps } from "../costs/budgets/quote-steps.ts";
import { reserve } from "../costs/budgets/reserve.ts";
import type { Claim } from "./claim-step.ts";
import type { JobsContext } from "./context.ts";

/**
 * Sets aside what an attempt costs that works for longer than was expected, before it does.
 * @param workMs for how long in all
 * @returns whether the budgets have room for it
 */
export function extendWork(
  ctx: Pick<JobsContext, "db" | "clock" | "compute">,
  claim: Pick<Claim, "stepId">,
  workMs: number,
): Promise<boolean> {
  return ctx.db.transaction(async (tx) => {
    await passBudgetGate(tx);
    const now = ctx.clock.now();
    const quotes = await quoteSteps({ ...ctx, db: tx }, [claim.stepId], {
      now,
      ahead: 0,
      leastWorkMs: workMs,
    });
    return (await reserve(tx, quotes, { now })).length === 0;
  });
}
