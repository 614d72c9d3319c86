import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { budgetModes, budgetScopes, budgetWindows } from "../../db/budget-kinds.ts";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { budgetLabel } from "./budget-label.ts";
import type { BudgetView } from "./budget-view.ts";
import { windowEnd, windowStart } from "./window.ts";

/** The budgets, the oldest first. @throws WaybillError malformed_request for a cursor of another list */
export async function listBudgets(
  ctx: DbContext,
  page: PageRequest,
): Promise<{ items: BudgetView[]; nextCursor: string | null }> {
  const after = parseCursor(z.tuple([z.iso.datetime(), z.string()]), page.cursor);
  const from = after === null ? sql`true` : sql`(created_at, id) > (${after[0]}::timestamptz, ${after[1]})`;
  const found = await readBudgets(ctx, sql`${from} order by created_at, id limit ${page.limit + 1}`);
  const { rows, last } = cutPage(found, page.limit);
  return { items: rows, nextCursor: last && formatCursor([last.createdAt, last.id]) };
}

/** A budget. @throws WaybillError budget_not_found */
export async function getBudget(ctx: DbContext, id: string): Promise<BudgetView> {
  const [found] = await readBudgets(ctx, sql`id = ${id}`);
  if (found === undefined) throw new WaybillError("budget_not_found", { details: { budgetId: id } });
  return found;
}

const rowSchema = z.object({
  id: z.string(),
  scope: z.enum(budgetScopes),
  project: z.string().nullable(),
  step: z.string().nullable(),
  time_window: z.enum(budgetWindows),
  time_zone: z.string(),
  mode: z.enum(budgetModes),
  thresholds: z.array(z.number()),
  limit: z.string(),
  settled: z.string(),
  reserved: z.string(),
  unreserved: z.string(),
  excess: z.string(),
  free: z.string(),
  starts: z.coerce.date(),
  ends: z.coerce.date().nullable(),
  file: z.object({ id: z.string(), name: z.string() }).nullable(),
  accounts: z.coerce.number(),
  held: z.coerce.number(),
  oldest: z.coerce.date().nullable(),
  needed: z.string(),
  alerts: z.array(z.object({ percent: z.number(), at: z.coerce.date() })),
  created_at: z.coerce.date(),
  updated_at: z.coerce.date(),
});

/** @param which a condition on `budgets`, and how they are ordered and cut */
async function readBudgets({ db, clock }: DbContext, which: SQL): Promise<BudgetView[]> {
  const now = sql`${clock.now().toISOString()}::timestamptz`;
  const opens = windowStart(sql`budget.time_window`, sql`budget.time_zone`, now);
  const ends = windowEnd(sql`budget.time_window`, sql`budget.time_zone`, sql`account.starts`);
  const { rows } = await db.execute(sql`
    with budget as (select * from budgets where removed_at is null and ${which})
    select budget.id, scope, projects.slug as project, step, budget.time_window, budget.time_zone, budget.mode, budget.thresholds,
           budget.limit_nano_usd::text as limit, coalesce(settled, 0)::text as settled, coalesce(reserved, 0)::text as reserved,
           coalesce(unreserved, 0)::text as unreserved, coalesce(excess, 0)::text as excess,
           greatest(0, budget.limit_nano_usd - coalesce(settled, 0) - coalesce(reserved, 0))::text as free,
           account.starts, ${ends} as ends, file, accounts, held, oldest, needed, alerts, budget.created_at, budget.updated_at
    from budget left join projects on projects.id = budget.project_id
    -- Of the accounts of a budget that caps files, the one nearest to its limit.
    cross join lateral (
      select max(own.key) as key, coalesce(max(starts), ${opens}) as starts, max(settled) as settled, max(reserved) as reserved,
             max(unreserved) as unreserved, max(excess) as excess
      from (
        select key, greatest(window_start, ${opens}) as starts, reserved_nano_usd as reserved, excess_nano_usd as excess,
               case when ${opens} > window_start then 0 else settled_nano_usd end as settled,
               case when ${opens} > window_start then 0 else unreserved_nano_usd end as unreserved
        from budget_accounts where budget_id = budget.id order by settled_nano_usd + reserved_nano_usd desc, key limit 1
      ) own
    ) account
    cross join lateral (select count(*) as accounts from budget_accounts where budget_id = budget.id) counted
    left join lateral (
      select jsonb_build_object('id', files.id, 'name', name) as file from files
      where account.key like 'file:%' and files.id = split_part(account.key, ':', 2)
    ) of_file on true
    cross join lateral (
      select count(*) as held, min(since) as oldest, coalesce(sum(needed_nano_usd), 0)::text as needed
      from budget_holds where budget_id = budget.id and until is null
    ) waiting
    cross join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('percent', percent, 'at', at) order by percent), '[]') as alerts
      from budget_alerts where budget_id = budget.id and key = account.key and window_start = account.starts
    ) told
    order by budget.created_at, budget.id`);
  return z.array(rowSchema).parse(rows).map(toView);
}

function toView(row: z.output<typeof rowSchema>): BudgetView {
  const { scope, project, step, time_window: window } = row;
  return {
    id: row.id,
    name: budgetLabel({ scope, project, step, timeWindow: window }),
    scope,
    project,
    step,
    window,
    timeZone: row.time_zone,
    mode: row.mode,
    thresholds: row.thresholds,
    limitNanoUsd: row.limit,
    settledNanoUsd: row.settled,
    reservedNanoUsd: row.reserved,
    freeNanoUsd: row.free,
    unreservedNanoUsd: row.unreserved,
    excessNanoUsd: row.excess,
    windowStart: window === "total" ? null : row.starts.toISOString(),
    windowEnd: row.ends?.toISOString() ?? null,
    file: row.file,
    accounts: row.accounts,
    holds: { count: row.held, oldestSince: row.oldest?.toISOString() ?? null, neededNanoUsd: row.needed },
    alerts: row.alerts.map(({ percent, at }) => ({ percent, at: at.toISOString() })),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
