import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import { WaybillError } from "../../kernel/errors.ts";

/** How wide the buckets of a chart are. */
export const bucketWidths = ["quarter", "hour", "day", "week", "month"] as const;

/** A span of time, cut into buckets. */
export interface BucketedTime {
  readonly from: Date;
  readonly to: Date;
  readonly bucket: (typeof bucketWidths)[number];
  /** IANA name of the zone in which days, weeks and months begin. */
  readonly timeZone: string;
}

/** Most buckets of one chart. */
const mostBuckets = 400;

/**
 * The times between the buckets that cover a span: the first begins with or before it, the last ends with or after
 * it. Days begin at midnight of the time zone, whatever its clocks do; weeks begin on Monday.
 * @throws WaybillError malformed_request when there are too many, or none
 */
export async function timeBuckets(db: Db, time: BucketedTime): Promise<Date[]> {
  const { rows } = await db.execute(boundariesOf(time));
  const boundaries = z
    .array(z.object({ at: z.coerce.date() }))
    .parse(rows)
    .map(({ at }) => at);
  if (boundaries.length < 2 || boundaries.length > mostBuckets + 1) {
    const details = { buckets: `must be 1 to ${mostBuckets}, with from before to` };
    throw new WaybillError("malformed_request", { details });
  }
  return boundaries;
}

function boundariesOf({ from, to, bucket, timeZone }: BucketedTime) {
  const [first, last] = [sql`${from.toISOString()}::timestamptz`, sql`${to.toISOString()}::timestamptz`];
  // One more than is allowed is enough to say so.
  const limit = sql`order by at limit ${mostBuckets + 2}`;
  if (bucket === "quarter" || bucket === "hour") {
    const step = bucket === "hour" ? sql`interval '1 hour'` : sql`interval '15 minutes'`;
    return sql`select at from generate_series(date_bin(${step}, ${first}, 'epoch'), ${last} + ${step} - interval '1 ms', ${step}) as at
      where ${first} < ${last} ${limit}`;
  }
  const unit = sql.raw(`'${bucket}'`);
  const step = sql.raw(`interval '1 ${bucket}'`);
  // Stepped in the zone's own time, as a day of it may have 23 or 25 hours.
  return sql`
    select local at time zone ${timeZone} as at
    from generate_series(date_trunc(${unit}, ${first} at time zone ${timeZone}),
      (${last} - interval '1 ms') at time zone ${timeZone} + ${step}, ${step}) as local
    where ${first} < ${last} ${limit}`;
}
