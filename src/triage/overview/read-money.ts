import { sql } from "drizzle-orm";
import { z } from "zod";
import { budgetLabel } from "../../costs/budgets/budget-label.ts";
import { withForecasts } from "../../costs/budgets/read-forecast.ts";
import { windowEnd, windowStart } from "../../costs/budgets/window.ts";
import { budgetModes, budgetScopes, budgetWindows } from "../../db/budget-kinds.ts";
import type { DbContext } from "../../db/context.ts";
import { mostCounted } from "./capped.ts";
import type { Read } from "./overview-view.ts";

const shownBudgets = 5;

const rowSchema = z.object({
  id: z.string(),
  scope: z.enum(budgetScopes),
  project: z.string().nullable(),
  step: z.string().nullable(),
  window: z.enum(budgetWindows),
  mode: z.enum(budgetModes),
  limit: z.string(),
  settled: z.string(),
  reserved: z.string(),
  starts: z.coerce.date(),
  ends: z.coerce.date().nullable(),
  held: z.number(),
});

type Row = z.output<typeof rowSchema>;

/** What the budgets hold, and those nearest to their limits with how they go on. */
export async function readMoney(ctx: DbContext): Promise<Read<"money">> {
  const rows = await readRows(ctx);
  const counted = rows.slice(0, mostCounted);
  const holding = counted.filter(({ held }) => held > 0);
  const nearest = counted
    .toSorted((a, b) => b.held - a.held || usedShare(b) - usedShare(a))
    .slice(0, shownBudgets);
  const views = await withForecasts(ctx, nearest.map(toView));
  return {
    budgets: counted.length,
    capped: rows.length > mostCounted,
    holding: holding.length,
    held: holding.reduce((sum, { held }) => sum + Math.min(held, mostCounted), 0),
    heldCapped: holding.some(({ held }) => held > mostCounted),
    nearest: views,
  };
}

/** As readBudgets has them, but no more holds are counted than are shown. */
async function readRows({ db, clock }: DbContext): Promise<Row[]> {
  const now = sql`${clock.now().toISOString()}::timestamptz`;
  const opens = windowStart(sql`budget.time_window`, sql`budget.time_zone`, now);
  const ends = windowEnd(sql`budget.time_window`, sql`budget.time_zone`, sql`account.starts`);
  const { rows } = await db.execute(sql`
    with budget as (select * from budgets where removed_at is null order by created_at, id limit ${mostCounted + 1})
    select budget.id, scope, projects.slug as project, step, budget.time_window as window, budget.mode,
           budget.limit_nano_usd::text as limit, settled::text, reserved::text, account.starts, ${ends} as ends, held
    from budget left join projects on projects.id = budget.project_id
    -- What caps each file by itself has no one account that stands for it.
    cross join lateral (
      select coalesce(max(greatest(window_start, ${opens})), ${opens}) as starts,
             coalesce(max(case when ${opens} > window_start then 0 else settled_nano_usd end), 0) as settled,
             coalesce(max(reserved_nano_usd), 0) as reserved
      from budget_accounts where budget_id = budget.id and budget.scope <> 'file'
    ) account
    cross join lateral (
      select count(*)::integer as held from (
        -- In the order of the index: Postgres would scan all for a budget that holds none.
        select from budget_holds where budget_id = budget.id and until is null
        order by key, rank, since, place limit ${mostCounted + 1}
      ) holds
    ) waiting
    order by budget.created_at, budget.id`);
  return z.array(rowSchema).parse(rows);
}

/** How much of the limit is spent or set aside, 1 for all of it. */
function usedShare({ settled, reserved, limit }: Row): number {
  return (Number(settled) + Number(reserved)) / Math.max(1, Number(limit));
}

function toView(row: Row) {
  const { id, scope, project, step, window, mode, held } = row;
  return {
    id,
    name: budgetLabel({ scope, project, step, timeWindow: window }),
    scope,
    project,
    step,
    window,
    mode,
    limitNanoUsd: row.limit,
    settledNanoUsd: row.settled,
    reservedNanoUsd: row.reserved,
    windowStart: window === "total" ? null : row.starts.toISOString(),
    windowEnd: row.ends?.toISOString() ?? null,
    held: Math.min(held, mostCounted),
    heldCapped: held > mostCounted,
  };
}
