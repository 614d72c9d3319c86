import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { budgetModes, budgetScopes, budgetWindows } from "../../db/budget-kinds.ts";
import type { DbContext } from "../../db/context.ts";
import { budgetLabel } from "./budget-label.ts";
import { windowStart } from "./window.ts";

const rowSchema = z.object({
  id: z.string(),
  scope: z.enum(budgetScopes),
  project: z.string().nullable(),
  step: z.string().nullable(),
  time_window: z.enum(budgetWindows),
  mode: z.enum(budgetModes),
  key: z.string(),
  free: z.string().transform(BigInt),
});

/** What a budget has left for one of its subjects. */
export interface BudgetRoom {
  readonly budgetId: string;
  readonly label: string;
  /** True for one that holds what it has no room for. */
  readonly hard: boolean;
  /** The subject (costs/budgets/budget-keys.ts). */
  readonly key: string;
  readonly freeNanoUsd: bigint;
}

/**
 * What the budgets have left for these subjects, in their present windows: a budget of each file has its whole limit
 * for one that has not spent anything.
 */
export async function readRoom(
  { db, clock }: Pick<DbContext, "db" | "clock">,
  keys: { readonly shared: readonly string[]; readonly files: readonly string[] },
): Promise<BudgetRoom[]> {
  const now = sql`${clock.now().toISOString()}::timestamptz`;
  const { rows } = await db.execute(sql`
    select budgets.id, budgets.scope, slug as project, budgets.step, budgets.time_window, budgets.mode, asked.key,
           (budgets.limit_nano_usd - coalesce(account.reserved_nano_usd, 0) - case
             when account.window_start is null or ${windowStart(sql`budgets.time_window`, sql`budgets.time_zone`, now)} > account.window_start
             then 0 else account.settled_nano_usd end)::text as free
    from budgets left join projects on projects.id = budgets.project_id
    cross join lateral (${subjects(keys)}) asked
    left join budget_accounts account on account.budget_id = budgets.id and account.key = asked.key
    where budgets.removed_at is null order by budgets.created_at, budgets.id`);
  return z
    .array(rowSchema)
    .parse(rows)
    .map(({ id, mode, key, free, time_window: timeWindow, ...budget }) => ({
      budgetId: id,
      label: budgetLabel({ ...budget, timeWindow }),
      hard: mode === "hard",
      key,
      freeNanoUsd: free,
    }));
}

/** Which of the subjects a budget counts, as SQL. */
function subjects(keys: { readonly shared: readonly string[]; readonly files: readonly string[] }): SQL {
  return sql`
    select key from unnest(${sql.param([...keys.shared])}::text[]) as shared(key)
    where key = case budgets.scope when 'deployment' then 'deployment' when 'project' then 'project:' || budgets.project_id
      when 'project-step' then 'step:' || budgets.project_id || ':' || budgets.step end
    union all
    select 'file:' || files.id from unnest(${sql.param([...keys.files])}::text[]) as own(id) join files using (id)
    where budgets.scope = 'file' and (budgets.project_id is null or budgets.project_id = files.project_id)`;
}
