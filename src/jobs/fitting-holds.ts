import { sql } from "drizzle-orm";
import { z } from "zod";
import { windowStart } from "../costs/budgets/window.ts";
import type { DbContext } from "../db/context.ts";

/** Most steps that are looked at for one account. */
const batchSize = 50;

/** A held step that may go on. */
export interface FittingHold {
  readonly stepId: string;
  readonly runId: string;
  /** The budget above whose limit somebody lets it go. */
  readonly beyondLimitOf: string | null;
}

/**
 * The steps that are held and may go on as their budgets stand now: those that somebody lets go above the limit,
 * and of each account the oldest, as far as its money reaches. One that needs more than the whole limit keeps
 * nobody else waiting; it does not fit.
 * @param budgetIds only what these hold; left out: all
 */
export async function fittingHolds(
  { db, clock }: DbContext,
  budgetIds?: readonly string[],
): Promise<FittingHold[]> {
  const now = sql`${clock.now().toISOString()}::timestamptz`;
  const opens = windowStart(sql`time_window`, sql`time_zone`, now);
  const only = budgetIds === undefined ? sql`` : sql`and id = any(${sql.param([...budgetIds])}::text[])`;
  const { rows } = await db.execute(sql`
    with budget as (select * from budgets where removed_at is null ${only}), subject as (
      select budget_id, key, limit_nano_usd as most, mode,
             limit_nano_usd - reserved_nano_usd - case when ${opens} > window_start then 0 else settled_nano_usd end as free
      from budget_accounts where budget_id in (select id from budget)
    ), waiting as (
      select held.*, sum(needed_nano_usd) over (partition by subject.budget_id, subject.key order by rank, since, place, held.id) as asked,
             free, mode
      from subject cross join lateral (
        select * from budget_holds where until is null and not forced and budget_id = subject.budget_id and key = subject.key
          and (needed_nano_usd <= most or mode = 'soft')
        order by rank, since, place limit ${batchSize}) held
    ), loose as (
      -- Held by a budget that is gone, or for a file whose account was closed: nothing holds them.
      select * from budget_holds where until is null and not forced and not exists (select from budget_accounts
        where budget_accounts.budget_id = budget_holds.budget_id and budget_accounts.key = budget_holds.key)
      order by rank, since, place limit ${batchSize}
    )
    select step_id, run_id, null as beyond, rank, since, place from waiting where asked <= free or mode = 'soft'
    union all select step_id, run_id, null, rank, since, place from loose
    union all select step_id, run_id, budget_id, rank, since, place from budget_holds where until is null and forced
    order by beyond nulls last, rank, since, place limit ${batchSize}`);
  return z
    .array(z.object({ step_id: z.string(), run_id: z.string(), beyond: z.string().nullable() }))
    .parse(rows)
    .map((row) => ({ stepId: row.step_id, runId: row.run_id, beyondLimitOf: row.beyond }));
}
