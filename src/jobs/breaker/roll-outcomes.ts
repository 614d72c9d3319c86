import { and, eq, lt, or, sql } from "drizzle-orm";
import { providerOutcomes } from "../../db/schema/breakers.ts";
import { providerRollups } from "../../db/schema/provider-rollups.ts";
import type { JobsContext } from "../context.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** How far the sums reach back, in ms, by the width of their buckets. */
const keptMs = { minute: 2 * dayMs, hour: 400 * dayMs } as const;

/** A commit that took so long, in ms, is still counted: its outcomes have the time at which it began. */
const lateMs = 5 * minuteMs;

/**
 * Sums up how providers' calls ended, by minute and by hour, from where the pass before it ended. A minute's calls only
 * become more until they are forgotten, so the larger sum is the true one, however often this runs. It runs before
 * outcomes are forgotten, so that a tick that stood still for hours loses none.
 * @returns how many rows were written
 */
export async function rollOutcomes({ db, clock }: Pick<JobsContext, "db" | "clock">): Promise<number> {
  const [last] = await db
    .select({ bucket: providerRollups.bucket })
    .from(providerRollups)
    .where(eq(providerRollups.grain, "minute"))
    .orderBy(sql`${providerRollups.bucket} desc`)
    .limit(1);
  const fromMs = last === undefined ? 0 : last.bucket.getTime() - lateMs;
  const from = sql`date_trunc('minute', ${new Date(fromMs).toISOString()}::timestamptz)`;
  const larger = sql`on conflict (grain, provider, bucket, latency_class) do update
    set calls = greatest(${providerRollups}.calls, excluded.calls), ill = greatest(${providerRollups}.ill, excluded.ill)`;
  const minutes = await db.execute(sql`
    insert into ${providerRollups} (grain, provider, bucket, latency_class, calls, ill)
    select 'minute', provider, date_trunc('minute', at), ceil(ln(greatest(latency_ms, 1)) / ln(1.1))::integer,
           count(*), count(*) filter (where ill)
    from ${providerOutcomes} where at >= ${from}
    group by 2, 3, 4 order by 2, 3, 4
    ${larger}`);
  await db.execute(sql`
    insert into ${providerRollups} (grain, provider, bucket, latency_class, calls, ill)
    select 'hour', provider, date_trunc('hour', bucket, 'UTC'), latency_class, sum(calls), sum(ill)
    from ${providerRollups} where grain = 'minute' and bucket >= date_trunc('hour', ${from}, 'UTC')
    group by 2, 3, 4 order by 2, 3, 4
    ${larger}`);
  const older = (grain: keyof typeof keptMs) =>
    and(
      eq(providerRollups.grain, grain),
      lt(providerRollups.bucket, new Date(clock.now().getTime() - keptMs[grain])),
    );
  await db.delete(providerRollups).where(or(older("minute"), older("hour")));
  return minutes.rowCount ?? 0;
}
