import { eq } from "drizzle-orm";
import { changeBudget } from "../../../src/costs/budgets/change-budget.ts";
import { type NewBudget, openBudget } from "../../../src/costs/budgets/open-budget.ts";
import { budgetAccounts, budgetHolds } from "../../../src/db/schema/budgets.ts";
import type { Stack } from "../stack.ts";
import { newBudget } from "./new-budget.ts";

/** Begins a budget now. */
export async function beginBudget(
  stack: Stack,
  id: string,
  limitNanoUsd: bigint,
  said: Partial<NewBudget> = {},
): Promise<void> {
  const { db, clock } = stack.runtime;
  await db.transaction((tx) => openBudget(tx, newBudget(id, limitNanoUsd, said), clock.now()));
}

/** Sets another limit. */
export async function setLimit(stack: Stack, id: string, limitNanoUsd: bigint): Promise<void> {
  const { db, clock } = stack.runtime;
  await db.transaction((tx) => changeBudget(tx, id, { limitNanoUsd }, clock.now()));
}

/** The one account of a budget. */
export async function accountOf(stack: Stack, id: string): Promise<typeof budgetAccounts.$inferSelect> {
  const { db } = stack.database;
  const [account] = await db.select().from(budgetAccounts).where(eq(budgetAccounts.budgetId, id));
  if (account === undefined) throw new Error(`budget ${id} has no account`);
  return account;
}

/** What a budget has held, or holds. */
export function holdsOf(stack: Stack, id: string): Promise<(typeof budgetHolds.$inferSelect)[]> {
  return stack.database.db.select().from(budgetHolds).where(eq(budgetHolds.budgetId, id));
}
