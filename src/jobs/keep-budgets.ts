import { passBudgetGate } from "../costs/budgets/budget-gate.ts";
import { releaseDelivered } from "../costs/budgets/give-back.ts";
import { closeFileAccounts } from "../costs/budgets/open-file-accounts.ts";
import { settleAbandoned } from "../costs/budgets/settle-abandoned.ts";
import { refreshStepCosts } from "../costs/budgets/step-cost-history.ts";
import { refreshWorkHistory } from "../costs/budgets/work-history.ts";
import type { JobsContext } from "./context.ts";
import { releaseHolds } from "./release-holds.ts";

/**
 * The tick's part in the budgets: gives back what was kept for deliveries that will not come any more, puts down
 * what was being bought when a process died, and lets the steps go on that have waited for money. Called after QStash's log was copied.
 * @returns how many steps went on
 */
export async function keepBudgets(ctx: JobsContext): Promise<number> {
  await ctx.db.transaction(async (tx) => {
    await passBudgetGate(tx);
    await releaseDelivered(tx, ctx.clock.now());
  });
  await settleAbandoned(ctx);
  await closeFileAccounts(ctx);
  await refreshWorkHistory(ctx);
  await refreshStepCosts(ctx);
  return releaseHolds(ctx);
}
