import { type SQL, sql } from "drizzle-orm";

/**
 * When the window that holds `at` begins, as SQL. Days and months begin at midnight of the budget's time zone,
 * whatever its clocks do; hours are those of UTC, so that no change of clocks makes one longer or double.
 * Where midnight comes twice, the second one counts: then the window may begin after `at`.
 */
export function windowStart(window: SQL, zone: SQL, at: SQL): SQL {
  return sql`(case ${window} when 'total' then 'epoch'::timestamptz
    when 'hour' then date_trunc('hour', ${at}, 'UTC') else date_trunc(${window}, ${at}, ${zone}) end)`;
}

/** When the window that begins at `start` ends, as SQL; null where it never does. */
export function windowEnd(window: SQL, zone: SQL, start: SQL): SQL {
  // Truncated again: where midnight does not come, the day has begun later.
  const next = (length: string) =>
    sql`date_trunc(${window}, (${start} at time zone ${zone}) + ${sql.raw(`interval '1 ${length}'`)}) at time zone ${zone}`;
  return sql`(case ${window} when 'hour' then ${start} + interval '1 hour'
    when 'day' then ${next("day")} when 'month' then ${next("month")} end)`;
}
