import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import { budgetAccounts, budgets } from "../../db/schema/budgets.ts";
import { sumCosts } from "../rollups/sum-costs.ts";
import { alertCrossed } from "./alert-crossed.ts";
import { shutBudgetGate } from "./budget-gate.ts";
import { accountKey } from "./budget-keys.ts";
import { windowStart } from "./window.ts";

/** A budget that is to begin. */
export type NewBudget = typeof budgets.$inferInsert;

/**
 * Begins a budget with what its window has spent and what is set aside already, to the nano-USD: nobody moves
 * money from the first statement here until the transaction ends. So call it first, and end soon after.
 * A limit that is passed already shows as excess.
 * @returns false when there is one of the same kind
 */
export async function openBudget(tx: Db, budget: NewBudget, now: Date): Promise<boolean> {
  await shutBudgetGate(tx);
  const made = await tx.insert(budgets).values(budget).onConflictDoNothing().returning();
  const [begun] = made;
  if (begun === undefined) return false;
  const key = accountKey(begun);
  // The accounts of files are opened when something is set aside for them (open-file-accounts.ts).
  if (key === null) return true;
  const start = await startOf(tx, begun, now);
  const scope = { projectId: begun.projectId ?? undefined, step: begun.step ?? undefined };
  const settled = await sumCosts(tx, scope, { from: start });
  const reserved = await reservedFor(tx, key);
  const excess = settled + reserved - begun.limitNanoUsd;
  await tx.insert(budgetAccounts).values({
    budgetId: begun.id,
    key,
    timeWindow: begun.timeWindow,
    timeZone: begun.timeZone,
    limitNanoUsd: begun.limitNanoUsd,
    mode: begun.mode,
    thresholds: begun.thresholds,
    windowStart: start,
    settledNanoUsd: settled,
    reservedNanoUsd: reserved,
    // What was spent before the budget was made is nothing that it could have covered.
    unreservedNanoUsd: 0n,
    excessNanoUsd: excess > 0n ? excess : 0n,
  });
  await alertCrossed(tx, begun.id, now);
  return true;
}

async function startOf(tx: Db, budget: { timeWindow: string; timeZone: string }, now: Date): Promise<Date> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const { rows } = await tx.execute(
    sql`select ${windowStart(sql`${budget.timeWindow}::text`, sql`${budget.timeZone}::text`, at)} as start`,
  );
  const [row] = z.array(z.object({ start: z.coerce.date() })).parse(rows);
  return row?.start ?? now;
}

async function reservedFor(tx: Db, key: string): Promise<bigint> {
  const { rows } = await tx.execute(
    sql`select coalesce(sum(work_nano_usd + messages_nano_usd), 0)::text as nano from reservations
        where state = 'open' and keys @> array[${key}::text]`,
  );
  const [row] = z.array(z.object({ nano: z.string().transform(BigInt) })).parse(rows);
  return row?.nano ?? 0n;
}
