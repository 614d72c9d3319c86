import { eq, sql } from "drizzle-orm";
import type { budgetModes } from "../../db/budget-kinds.ts";
import type { Db } from "../../db/client.ts";
import { budgetAccounts, budgets } from "../../db/schema/budgets.ts";
import { alertCrossed } from "./alert-crossed.ts";
import { shutBudgetGate } from "./budget-gate.ts";

/** What can be changed of a budget; what is left out stays. */
export interface BudgetChange {
  readonly limitNanoUsd?: bigint | undefined;
  readonly mode?: (typeof budgetModes)[number] | undefined;
  readonly thresholds?: readonly number[] | undefined;
}

/**
 * Changes a budget and all its accounts. What stands above a lowered limit is excess from now on: nothing more is
 * begun until it is spent or given back. Nobody moves money until the transaction ends.
 * @returns false when there is no such budget
 */
export async function changeBudget(tx: Db, id: string, change: BudgetChange, now: Date): Promise<boolean> {
  await shutBudgetGate(tx);
  const columns = {
    ...(change.limitNanoUsd !== undefined && { limitNanoUsd: change.limitNanoUsd }),
    ...(change.mode !== undefined && { mode: change.mode }),
    ...(change.thresholds !== undefined && { thresholds: [...change.thresholds] }),
  };
  const [changed] = await tx
    .update(budgets)
    .set({ ...columns, updatedAt: now })
    .where(sql`${budgets.id} = ${id} and ${budgets.removedAt} is null`)
    .returning({ limitNanoUsd: budgets.limitNanoUsd });
  if (changed === undefined) return false;
  const { settledNanoUsd, reservedNanoUsd } = budgetAccounts;
  await tx
    .update(budgetAccounts)
    .set({
      ...columns,
      excessNanoUsd: sql`greatest(0, ${settledNanoUsd} + ${reservedNanoUsd} - ${changed.limitNanoUsd.toString()}::bigint)`,
    })
    .where(eq(budgetAccounts.budgetId, id));
  await alertCrossed(tx, id, now);
  return true;
}

/**
 * Takes a budget away: nothing counts in it any more. The row stays for the holds and alerts that name it.
 * @returns false when there is no such budget
 */
export async function removeBudget(tx: Db, id: string, now: Date): Promise<boolean> {
  await shutBudgetGate(tx);
  const removed = await tx
    .update(budgets)
    .set({ removedAt: now, updatedAt: now })
    .where(sql`${budgets.id} = ${id} and ${budgets.removedAt} is null`)
    .returning({ id: budgets.id });
  await tx.delete(budgetAccounts).where(eq(budgetAccounts.budgetId, id));
  return removed.length === 1;
}
