import { Hono } from "hono";
import type { Pool } from "pg";
import { z } from "zod";

/** The migration that makes a stand-in's counters; put it into its list of migrations. */
export const usageTable = (schema: string) =>
  `CREATE TABLE ${schema}.usage (name text PRIMARY KEY, amount bigint NOT NULL);`;

/**
 * Counts what a stand-in was asked for, as a provider's meter does. The counters lie in Postgres, so that a
 * ledger can be held against them after a restart too.
 */
export interface Usage {
  /** Adds to a counter. Resolves when the count is stored; counts made meanwhile share one statement. */
  add(name: string, amount?: number): Promise<void>;
  /** All counters. */
  read(): Promise<Record<string, number>>;
}

const rowSchema = z.object({ name: z.string(), amount: z.coerce.number() });

/** Counters over the table that `usageTable(schema)` makes. */
export function createUsage(pool: Pool, schema: string): Usage {
  let waiting = new Map<string, number>();
  let turn: Promise<void> = Promise.resolve();
  let nextTurn: Promise<void> | undefined;

  const store = async () => {
    const counts = waiting;
    waiting = new Map();
    nextTurn = undefined;
    await pool.query(
      `INSERT INTO ${schema}.usage AS known SELECT * FROM unnest($1::text[], $2::bigint[])
       ON CONFLICT (name) DO UPDATE SET amount = known.amount + excluded.amount`,
      [[...counts.keys()], [...counts.values()]],
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
    async read() {
      const { rows } = await pool.query(`SELECT name, amount FROM ${schema}.usage ORDER BY name`);
      return Object.fromEntries(
        z
          .array(rowSchema)
          .parse(rows)
          .map(({ name, amount }) => [name, amount]),
      );
    },
  };
}

/** `GET /__local/usage`: the counters as one JSON object, `{ name: amount }`. */
export function usageRoutes(usage: Usage): Hono {
  return new Hono().get("/__local/usage", async (c) => c.json(await usage.read()));
}
