import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { budgetLabel } from "../costs/budgets/budget-label.ts";
import type { Quote } from "../costs/budgets/quote-steps.ts";
import type { Refusal } from "../costs/budgets/reserve.ts";
import { windowEnd } from "../costs/budgets/window.ts";
import { budgetScopes, budgetWindows } from "../db/budget-kinds.ts";
import type { Db } from "../db/client.ts";
import { budgetAlerts, budgetHolds } from "../db/schema/budgets.ts";
import { outbox } from "../db/schema/outbox.ts";
import { steps } from "../db/schema/steps.ts";
import { deriveId } from "../kernel/ids.ts";
import { dropUnpublished } from "./drop-unpublished.ts";

/**
 * The changes of a step's state that money makes, by name; the others are in jobs/transitions.ts. Each is called
 * in a transaction that holds the run's lock.
 */

const budgetSchema = z.object({
  budget_id: z.string(),
  key: z.string(),
  scope: z.enum(budgetScopes),
  project: z.string().nullable(),
  step: z.string().nullable(),
  time_window: z.enum(budgetWindows),
  ends: z.coerce.date().nullable(),
});

/** A step that was refused what it needs. */
export interface RefusedStep {
  readonly quote: Quote;
  readonly refusal: Refusal;
}

/**
 * waiting, queued or a lost running → held, until the budget that is named has room. No message is sent for it;
 * what was delivered is not delivered again. One that is held already is from now on held by that budget. The
 * caller lets the run rest (run-transitions.ts).
 */
export async function holdForMoney(tx: Db, refused: readonly RefusedStep[], now: Date): Promise<void> {
  if (refused.length === 0) return;
  const named = await readBudgets(tx, refused);
  for (const budget of named) {
    const own = refused.filter(
      ({ refusal }) => refusal.budgetId === budget.budget_id && refusal.key === budget.key,
    );
    const ids = own.map(({ quote }) => quote.step.id);
    await tx
      .update(steps)
      .set({
        state: "held",
        leaseExpiresAt: null,
        expectedBy: null,
        queuedAt: sql`case when ${steps.state} = 'held' then ${steps.queuedAt} else ${now.toISOString()}::timestamptz end`,
        heldReason: "budget_exhausted",
        heldUntil: budget.ends,
        errorCode: "budget_exhausted",
        errorMessage: `The ${budgetLabel({ ...budget, timeWindow: budget.time_window })} has no room for it.`,
      })
      .where(and(inArray(steps.id, ids), inArray(steps.state, ["waiting", "queued", "running", "held"])));
    await dropUnpublished(tx, inArray(outbox.stepId, ids));
  }
  await writeHolds(tx, refused, now);
  await alertExhausted(tx, refused, now);
}

/** The budgets that refused, and when their windows end. */
async function readBudgets(tx: Db, refused: readonly RefusedStep[]) {
  const accounts = [
    ...new Map(refused.map(({ refusal: { budgetId, key } }) => [`${budgetId} ${key}`, { budgetId, key }])),
  ].map(([, account]) => ({ budget_id: account.budgetId, key: account.key }));
  const { rows } = await tx.execute(sql`
    select budget_id, key, scope, projects.slug as project, step, budgets.time_window,
           ${windowEnd(sql`budget_accounts.time_window`, sql`budget_accounts.time_zone`, sql`window_start`)} as ends
    from jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb) as refusing(budget_id text, key text)
    join budget_accounts using (budget_id, key) join budgets on budgets.id = budget_id
    left join projects on projects.id = budgets.project_id`);
  return z.array(budgetSchema).parse(rows);
}

async function writeHolds(tx: Db, refused: readonly RefusedStep[], now: Date): Promise<void> {
  await tx
    .insert(budgetHolds)
    .values(
      refused.map(({ quote, refusal }) => ({
        id: deriveId("hold", quote.step.id, quote.step.dispatch),
        stepId: quote.step.id,
        runId: quote.step.runId,
        budgetId: refusal.budgetId,
        key: refusal.key,
        neededNanoUsd: refusal.neededNanoUsd,
        rank: quote.rank,
        place: quote.shard,
        since: now,
      })),
    )
    .onConflictDoUpdate({
      target: budgetHolds.stepId,
      targetWhere: isNull(budgetHolds.until),
      set: {
        budgetId: sql`excluded.budget_id`,
        key: sql`excluded.key`,
        neededNanoUsd: sql`excluded.needed_nano_usd`,
        // What was allowed of one budget is not allowed of another.
        forced: sql`${budgetHolds.forced} and ${budgetHolds.budgetId} = excluded.budget_id`,
      },
    });
}

/** A budget that holds a step is used up: that is an alert of its own, whichever thresholds it has. */
async function alertExhausted(tx: Db, refused: readonly RefusedStep[], now: Date): Promise<void> {
  const accounts = refused.map(({ refusal: { budgetId, key, neededNanoUsd } }) => ({
    budget_id: budgetId,
    key,
    needed: neededNanoUsd.toString(),
  }));
  await tx.execute(sql`
    insert into ${budgetAlerts} (budget_id, key, window_start, percent, settled_nano_usd, reserved_nano_usd, limit_nano_usd, at)
    select distinct on (budget_id, key) budget_id, key, window_start, 100, settled_nano_usd, reserved_nano_usd,
           limit_nano_usd, ${now.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb) as refusing(budget_id text, key text, needed bigint)
    join budget_accounts using (budget_id, key)
    where needed <= limit_nano_usd
    on conflict do nothing`);
}

/** Notes that steps are held no more. @returns the ids of the holds that ended */
export async function endHolds(
  tx: Db,
  held: readonly { readonly id: string }[],
  now: Date,
): Promise<string[]> {
  const ended = await tx
    .update(budgetHolds)
    .set({ until: now, endedBy: sql`case when ${budgetHolds.forced} then 'person' else 'room' end` })
    .where(
      and(
        inArray(
          budgetHolds.stepId,
          held.map(({ id }) => id),
        ),
        isNull(budgetHolds.until),
      ),
    )
    .returning({ id: budgetHolds.id });
  return ended.map(({ id }) => id);
}

/** Notes that a run's steps are held no more, as the run has ended. */
export async function endHoldsOfRun(tx: Db, runId: string, now: Date): Promise<void> {
  await tx
    .update(budgetHolds)
    .set({ until: now, endedBy: "run" })
    .where(and(eq(budgetHolds.runId, runId), isNull(budgetHolds.until)));
}
