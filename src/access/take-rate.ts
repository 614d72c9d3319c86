import { sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../db/context.ts";
import { WaybillError } from "../kernel/errors.ts";

/** What is limited: `subject` may do something `limit` times in each window of `windowMs`. */
export interface Rate {
  readonly subject: string;
  readonly limit: number;
  readonly windowMs: number;
}

/**
 * Counts one more in the present window, in one statement that also drops the subject's older windows.
 * @throws WaybillError rate_limited with the time until the window ends
 */
export async function takeRate(ctx: DbContext, rate: Rate): Promise<void> {
  const nowMs = ctx.clock.now().getTime();
  const startMs = Math.floor(nowMs / rate.windowMs) * rate.windowMs;
  const start = new Date(startMs).toISOString();
  const result = await ctx.db.execute(sql`
    with gone as (
      delete from rate_windows where subject = ${rate.subject} and window_start < ${start}::timestamptz
    )
    insert into rate_windows as taken (subject, window_start, count)
    values (${rate.subject}, ${start}::timestamptz, 1)
    on conflict (subject, window_start) do update set count = taken.count + 1
    returning count`);
  const [{ count }] = z.tuple([z.object({ count: z.number() })]).parse(result.rows);
  if (count <= rate.limit) return;
  const retryAfterSec = Math.max(1, Math.ceil((startMs + rate.windowMs - nowMs) / 1000));
  throw new WaybillError("rate_limited", { retryAfterSec, details: { limit: rate.limit, retryAfterSec } });
}
