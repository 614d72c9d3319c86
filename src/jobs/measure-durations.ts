import { sql } from "drizzle-orm";
import { stepDurations } from "../db/schema/step-durations.ts";
import { attempts, steps } from "../db/schema/steps.ts";
import type { JobsContext } from "./context.ts";

/** How old a measurement may be, in ms. */
const staleMs = 3_600_000;

/** Of how many attempts, the newest that succeeded, durations are told. */
const newest = 5_000;

/** A step with fewer attempts among those keeps what was measured before. */
const leastSamples = 20;

/**
 * Measures how long attempts of each step take, once an hour. Twice at once writes the same twice.
 * @returns how many steps were measured
 */
export async function measureDurations({ db, clock }: Pick<JobsContext, "db" | "clock">): Promise<number> {
  const now = clock.now();
  const fresh = new Date(now.getTime() - staleMs).toISOString();
  const { rowCount } = await db.execute(sql`
    insert into ${stepDurations} (step, p99_ms, samples, measured_at)
    select steps.name,
           ceil(percentile_disc(0.99) within group (order by extract(epoch from attempt.finished_at - attempt.started_at)) * 1000),
           count(*), ${now.toISOString()}::timestamptz
    from (
      select step_id, started_at, finished_at from ${attempts}
      where outcome = 'succeeded' order by finished_at desc nulls last limit ${newest}
    ) attempt join ${steps} on steps.id = attempt.step_id
    where not exists (select from ${stepDurations} where measured_at > ${fresh}::timestamptz)
    group by steps.name having count(*) >= ${leastSamples}
    on conflict (step) do update
      set p99_ms = excluded.p99_ms, samples = excluded.samples, measured_at = excluded.measured_at`);
  return rowCount ?? 0;
}
