import { sql } from "drizzle-orm";
import { z } from "zod";
import type { BreakerProvider } from "../../db/breaker-states.ts";
import type { DbContext } from "../../db/context.ts";
import { providerRollups } from "../../db/schema/provider-rollups.ts";
import { courseBuckets } from "./course-buckets.ts";
import type { ProviderCourse } from "./course-view.ts";

const bucketsSchema = z.array(
  z.object({
    at: z.coerce.date(),
    calls: z.coerce.number(),
    ill: z.coerce.number(),
    p50: z.number().nullable(),
    p95: z.number().nullable(),
  }),
);
const newestSchema = z.array(z.object({ at: z.coerce.date().nullable() }));

/**
 * How a provider answered over a span of time, from the sums that the tick keeps.
 * @throws WaybillError malformed_request for a span that is empty or longer than a year
 */
export async function readCourse(
  { db, clock }: Pick<DbContext, "db" | "clock">,
  { provider, from, to }: { readonly provider: BreakerProvider; readonly from: Date; readonly to: Date },
): Promise<ProviderCourse> {
  const { width, widthMs, grain, boundaries } = courseBuckets({ from, to, now: clock.now() });
  const first = boundaries[0]?.toISOString();
  const last = boundaries.at(-1)?.toISOString();
  const [{ rows }, newest] = await Promise.all([
    db.execute(sql`
      with sums as (
        select date_bin(${widthMs} * interval '1 millisecond', bucket, 'epoch'::timestamptz) as at, latency_class, sum(calls) as calls, sum(ill) as ill
        from ${providerRollups}
        where grain = ${grain} and provider = ${provider}
          and bucket >= ${first}::timestamptz and bucket < ${last}::timestamptz
        group by 1, 2
      ), ranked as (
        select *, sum(calls) over (partition by at order by latency_class) as below, sum(calls) over (partition by at) as every
        from sums
      )
      select at, max(every) as calls, sum(ill) as ill,
             min(latency_class) filter (where below >= every * 0.5) as p50,
             min(latency_class) filter (where below >= every * 0.95) as p95
      from ranked group by at`),
    db.execute(sql`
      select max(bucket) as at from ${providerRollups} where grain = 'minute' and provider = ${provider}`),
  ]);
  const found = new Map(bucketsSchema.parse(rows).map((bucket) => [bucket.at.getTime(), bucket]));
  const buckets = boundaries.slice(0, -1).map((at) => found.get(at.getTime()));
  const [{ at: countedUntil } = { at: null }] = newestSchema.parse(newest.rows);
  return {
    provider,
    width,
    boundaries: boundaries.map((at) => at.toISOString()),
    answered: buckets.map((bucket) => (bucket === undefined ? 0 : bucket.calls - bucket.ill)),
    ill: buckets.map((bucket) => bucket?.ill ?? 0),
    errorPercent: buckets.map((bucket) =>
      bucket === undefined ? null : Math.round((bucket.ill / bucket.calls) * 1000) / 10,
    ),
    p50Ms: buckets.map((bucket) => latencyOf(bucket?.p50)),
    p95Ms: buckets.map((bucket) => latencyOf(bucket?.p95)),
    countedUntil: countedUntil?.toISOString() ?? null,
  };
}

/** The middle of a class of latencies, in ms. */
function latencyOf(latencyClass: number | null | undefined): number | null {
  if (latencyClass === null || latencyClass === undefined) return null;
  const ms = latencyClass === 0 ? 1 : 1.1 ** (latencyClass - 0.5);
  return ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms);
}
