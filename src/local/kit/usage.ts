import { Hono } from "hono";
import type { Pool } from "pg";
import { z } from "zod";
import type { AdjustableClock } from "../../kernel/clock.ts";
import { notSpokenRoute } from "./not-spoken.ts";

/** The migration that makes a stand-in's counters; put it into its list of migrations. */
export const usageTable = (schema: string) =>
  `CREATE TABLE ${schema}.usage (name text PRIMARY KEY, amount bigint NOT NULL);`;

/** The migration after it: what was counted in each minute of the stand-in's clock. */
export const usageByMinuteTable = (schema: string) =>
  `CREATE TABLE ${schema}.usage_minutes (
     minute_ms bigint, name text, amount bigint NOT NULL, PRIMARY KEY (minute_ms, name));`;

const minuteMs = 60_000;

/** Counters by name. */
type Counters = Readonly<Record<string, number>>;

/** A span of time by whole minutes; the first belongs to it, the last does not. */
interface UsageSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Counts what a stand-in was asked for, as a provider's meter does. The counters lie in Postgres, so that a
 * ledger can be held against them after a restart too.
 */
export interface Usage {
  /** Adds to a counter. Resolves when the count is stored; counts made meanwhile share one statement. */
  add(name: string, amount?: number): Promise<void>;
  /** What was counted in a span of time; all counters where none is given. */
  read(span?: UsageSpan): Promise<Counters>;
  /** What was counted, by the hour's beginning in ms. */
  readHours(span: UsageSpan): Promise<Map<number, Counters>>;
}

const rowSchema = z.object({ name: z.string(), amount: z.coerce.number() });
const hourSchema = rowSchema.extend({ hour_ms: z.coerce.number() });

/** Counters over the tables that `usageTable(schema)` and `usageByMinuteTable(schema)` make. */
export function createUsage(pool: Pool, schema: string, clock: Pick<AdjustableClock, "now">): Usage {
  let waiting = new Map<string, number>();
  let turn: Promise<void> = Promise.resolve();
  let nextTurn: Promise<void> | undefined;

  const store = async () => {
    const counts = waiting;
    waiting = new Map();
    nextTurn = undefined;
    const minute = Math.floor(clock.now().getTime() / minuteMs) * minuteMs;
    await pool.query(
      `WITH counted AS (
         SELECT * FROM unnest($1::text[], $2::bigint[]) AS counted(name, amount)
       ), by_minute AS (
         INSERT INTO ${schema}.usage_minutes AS known SELECT $3::bigint, name, amount FROM counted
         ON CONFLICT (minute_ms, name) DO UPDATE SET amount = known.amount + excluded.amount
       )
       INSERT INTO ${schema}.usage AS known SELECT name, amount FROM counted
       ON CONFLICT (name) DO UPDATE SET amount = known.amount + excluded.amount`,
      [[...counts.keys()], [...counts.values()], minute],
    );
  };

  return {
    add(name, amount = 1) {
      waiting.set(name, (waiting.get(name) ?? 0) + amount);
      if (!nextTurn) {
        nextTurn = turn.then(store, store);
        turn = nextTurn;
      }
      return nextTurn;
    },
    async read(span) {
      if (span === undefined) return readTotals(pool, schema);
      const { rows } = await pool.query(
        `SELECT name, sum(amount) AS amount FROM ${schema}.usage_minutes
         WHERE minute_ms >= $1 AND minute_ms < $2 GROUP BY name ORDER BY name`,
        [span.fromMs, span.toMs],
      );
      return toCounters(rows);
    },
    async readHours(span) {
      const { rows } = await pool.query(
        `SELECT minute_ms - minute_ms % 3600000 AS hour_ms, name, sum(amount) AS amount
         FROM ${schema}.usage_minutes WHERE minute_ms >= $1 AND minute_ms < $2 GROUP BY 1, 2 ORDER BY 1, 2`,
        [span.fromMs, span.toMs],
      );
      const byHour = Map.groupBy(z.array(hourSchema).parse(rows), (row) => row.hour_ms);
      return new Map([...byHour].map(([hourMs, counted]) => [hourMs, toCounters(counted)]));
    },
  };
}

/** All counters of a stand-in that counts by other means. */
async function readTotals(pool: Pool, schema: string): Promise<Counters> {
  const { rows } = await pool.query(`SELECT name, amount FROM ${schema}.usage ORDER BY name`);
  return toCounters(rows);
}

function toCounters(rows: unknown): Counters {
  const counted = z.array(rowSchema).parse(rows);
  return Object.fromEntries(counted.map(({ name, amount }) => [name, amount]));
}

const spanSchema = z.object({ from: z.iso.datetime(), to: z.iso.datetime() });

/**
 * `GET /__local/usage`: the counters as one JSON object, `{ name: amount }`. With `from` and `to`, times as in
 * `2026-11-28T12:00:00Z`, what was counted from the one on and before the other, by whole minutes of the
 * stand-in's clock.
 */
export function usageRoutes(usage: Pick<Usage, "read">): Hono {
  return new Hono().get("/__local/usage", async (c) => {
    const query = c.req.query();
    if (query.from === undefined && query.to === undefined) return c.json(await usage.read());
    const span = spanSchema.safeParse(query);
    if (!span.success) return c.json({ error: z.prettifyError(span.error) }, 400);
    return c.json(await usage.read({ fromMs: Date.parse(span.data.from), toMs: Date.parse(span.data.to) }));
  });
}

/** The same of a stand-in that keeps its totals alone. */
export function totalsRoutes(pool: Pool, schema: string): Hono {
  return new Hono().get("/__local/usage", async (c) => {
    const { from, to } = c.req.query();
    if (from !== undefined || to !== undefined) return notSpokenRoute(c);
    return c.json(await readTotals(pool, schema));
  });
}
