import { gt, sql } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import { stepCostHistory } from "../../db/schema/costs.ts";
import { sizeClass } from "./work-history.ts";

/** How many of the runs that succeeded last are looked at. */
const sampleSize = 500;
/** How long what was computed is good enough, in ms. */
const freshMs = 10 * 60_000;

/**
 * Computes anew what files cost at each step, from the runs that succeeded last: attempts that failed count too, as
 * the next files will have some as well.
 */
export async function refreshStepCosts({ db, clock }: DbContext): Promise<void> {
  const now = clock.now();
  const isFresh = gt(stepCostHistory.computedAt, new Date(now.getTime() - freshMs));
  const [fresh] = await db
    .select({ step: stepCostHistory.step })
    .from(stepCostHistory)
    .where(isFresh)
    .limit(1);
  if (fresh !== undefined) return;
  await db.execute(sql`
    insert into step_cost_history (step, size_class, p50_nano_usd, p95_nano_usd, files, computed_at)
    select step, ${sizeClass(sql`bytes`)} as size, percentile_disc(0.5) within group (order by cost),
           percentile_disc(0.95) within group (order by cost), count(*), ${now.toISOString()}::timestamptz
    from (
      select own.name as step, cost, (select bytes from files where files.id = newest.file_id) as bytes
      from (
        select id, file_id from runs where status = 'succeeded' order by finished_at desc nulls last limit ${sampleSize}
      ) newest cross join lateral (
        select name, sum(cost_nano_usd)::bigint as cost from steps where run_id = newest.id group by name
      ) own
    ) passed group by step, size
    on conflict (step, size_class) do update set p50_nano_usd = excluded.p50_nano_usd,
      p95_nano_usd = excluded.p95_nano_usd, files = excluded.files, computed_at = excluded.computed_at`);
}
