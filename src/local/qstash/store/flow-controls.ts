import type { Pool } from "pg";
import { z } from "zod";

const rowSchema = z.object({
  key: z.string(),
  parallelism: z.number().nullable(),
  rate: z.number().nullable(),
  period_ms: z.coerce.number(),
  paused: z.boolean(),
  pinned_parallelism: z.boolean(),
  pinned_rate: z.boolean(),
  rate_count: z.number(),
  rate_start_ms: z.coerce.number(),
  active: z.coerce.number(),
  waiting: z.coerce.number(),
});

/** A flow-control key as the service shows it; a limit of 0 is none. */
export interface FlowControl {
  readonly flowControlKey: string;
  readonly waitListSize: number;
  readonly parallelismMax: number;
  readonly parallelismCount: number;
  readonly rateMax: number;
  readonly rateCount: number;
  /** In s. */
  readonly ratePeriod: number;
  /** In s since the epoch. */
  readonly ratePeriodStart: number;
  readonly isPaused: boolean;
  readonly isPinnedParallelism: boolean;
  readonly isPinnedRate: boolean;
}

/** Keys that match: the one of that name, or all whose name has the text in it. */
export async function listFlowControls(
  pool: Pool,
  which: { readonly key: string } | { readonly search: string },
  nowMs: number,
): Promise<FlowControl[]> {
  const [condition, value] =
    "key" in which ? ["key = $2", which.key] : ["position($2 IN key) > 0", which.search];
  const { rows } = await pool.query(
    `SELECT flow.*,
       (SELECT count(*) FROM qstash.messages m WHERE m.flow_key = key AND state = 'active') AS active,
       (SELECT count(*) FROM qstash.messages m WHERE m.flow_key = key AND state = 'waiting' AND due_ms <= $1) AS waiting
     FROM qstash.flow_controls flow WHERE ${condition} ORDER BY key`,
    [nowMs, value],
  );
  return z
    .array(rowSchema)
    .parse(rows)
    .map((row) => ({
      flowControlKey: row.key,
      waitListSize: row.waiting,
      parallelismMax: row.parallelism ?? 0,
      parallelismCount: row.active,
      rateMax: row.rate ?? 0,
      rateCount: row.rate_start_ms + row.period_ms > nowMs ? row.rate_count : 0,
      ratePeriod: row.period_ms / 1000,
      ratePeriodStart: Math.floor(row.rate_start_ms / 1000),
      isPaused: row.paused,
      isPinnedParallelism: row.pinned_parallelism,
      isPinnedRate: row.pinned_rate,
    }));
}

/** Pauses or resumes a key; one that no message has used yet is made, so that it begins paused. */
export async function pauseFlowControl(pool: Pool, key: string, paused: boolean): Promise<void> {
  await pool.query(
    `INSERT INTO qstash.flow_controls (key, period_ms, paused) VALUES ($1, 1000, $2)
     ON CONFLICT (key) DO UPDATE SET paused = excluded.paused`,
    [key, paused],
  );
}

/** Begins a new period now, with nothing counted. @returns false when there is no such key */
export async function resetRate(pool: Pool, key: string, nowMs: number): Promise<boolean> {
  const { rowCount } = await pool.query(
    "UPDATE qstash.flow_controls SET rate_count = 0, rate_start_ms = $2 WHERE key = $1",
    [key, nowMs],
  );
  return rowCount === 1;
}

/** The limits to pin; those that are not given stay as they are. */
export interface PinnedLimits {
  readonly parallelism: number | undefined;
  readonly rate: number | undefined;
  readonly periodMs: number | undefined;
}

/** Sets limits that no message can change until they are unpinned; a new rate counts from nothing. */
export async function pinFlowControl(
  pool: Pool,
  key: string,
  { parallelism, rate, periodMs }: PinnedLimits,
  nowMs: number,
): Promise<void> {
  await pool.query(
    `INSERT INTO qstash.flow_controls AS known
       (key, parallelism, rate, period_ms, pinned_parallelism, pinned_rate, rate_start_ms)
     VALUES ($1, $2::int, $3::int, coalesce($4::bigint, 1000), $2 IS NOT NULL, $3 IS NOT NULL, $5::bigint)
     ON CONFLICT (key) DO UPDATE SET
       parallelism = coalesce(excluded.parallelism, known.parallelism),
       pinned_parallelism = known.pinned_parallelism OR excluded.pinned_parallelism,
       rate = coalesce(excluded.rate, known.rate),
       period_ms = coalesce($4::bigint, known.period_ms),
       pinned_rate = known.pinned_rate OR excluded.pinned_rate,
       rate_count = CASE WHEN excluded.pinned_rate THEN 0 ELSE known.rate_count END,
       rate_start_ms = CASE WHEN excluded.pinned_rate THEN $5::bigint ELSE known.rate_start_ms END`,
    [key, parallelism ?? null, rate ?? null, periodMs ?? null, nowMs],
  );
}

/** Lets messages change limits again; the pinned values stay until one does. @returns false without such a key */
export async function unpinFlowControl(
  pool: Pool,
  key: string,
  limits: { readonly parallelism: boolean; readonly rate: boolean },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE qstash.flow_controls SET
       pinned_parallelism = pinned_parallelism AND NOT $2, pinned_rate = pinned_rate AND NOT $3
     WHERE key = $1`,
    [key, limits.parallelism, limits.rate],
  );
  return rowCount === 1;
}

/** How many deliveries are under way. */
export async function countActive(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM qstash.messages WHERE state = 'active'",
  );
  return rows[0]?.n ?? 0;
}
