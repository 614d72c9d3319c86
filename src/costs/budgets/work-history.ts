import { type SQL, sql } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import { meters } from "../../telemetry/names.ts";

/** How many of the newest attempts are looked at. */
const sampleSize = 5_000;
/** How long what was computed is good enough, in ms. */
const freshMs = 10 * 60_000;

/** What a step is taken to work for that has no history, in ms. */
export const unknownWorkMs = 2_000;

/** The size class of so many bytes, as SQL. */
export function sizeClass(bytes: SQL): SQL {
  return sql`ceil(log(4, greatest(${bytes}, 1)::numeric))::int`;
}

/**
 * Computes anew how long attempts take, from the newest entries of the ledger: a document's steps are expected to
 * take as long as those of documents of about its size. Attempts that failed count too, those that were lost do
 * not, as nobody measured them.
 */
export async function refreshWorkHistory({ db, clock }: DbContext): Promise<void> {
  const now = clock.now();
  const fresh = new Date(now.getTime() - freshMs).toISOString();
  await db.execute(sql`
    insert into work_history (step, size_class, p50_ms, p95_ms, attempts, computed_at)
    select step, ${sizeClass(sql`bytes`)} as size, ceil(percentile_cont(0.5) within group (order by work_ms)),
           ceil(percentile_cont(0.95) within group (order by work_ms)), count(*),
           ${now.toISOString()}::timestamptz
    from (
      select step, attempt_id, file_id from ledger
      where meter = ${meters.computeMs} and not estimated and attempt_id is not null
      order by at desc, id desc limit ${sampleSize}
    ) newest join attempts on attempts.id = attempt_id join files on files.id = file_id
    where work_ms is not null and not exists (select from work_history where computed_at > ${fresh}::timestamptz)
    group by step, size
    on conflict (step, size_class) do update
      set p50_ms = excluded.p50_ms, p95_ms = excluded.p95_ms, attempts = excluded.attempts, computed_at = excluded.computed_at`);
}
