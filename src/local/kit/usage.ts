import type { Pool } from "pg";

/** Counts what a service was asked for, so that a ledger can be held against it. Kept over restarts. */
export interface Usage {
  prepare(): Promise<void>;
  /** Adds to a counter; written at once. */
  add(counter: string, amount: number): Promise<void>;
  /** Every counter of the service by name. */
  read(): Promise<Record<string, number>>;
}

/** The counters of one service. */
export function createUsage(pool: Pool, service: string): Usage {
  return {
    async prepare() {
      await pool.query(`
        CREATE TABLE IF NOT EXISTS local_usage (
          service text NOT NULL, counter text NOT NULL, amount bigint NOT NULL, PRIMARY KEY (service, counter))`);
    },
    async add(counter, amount) {
      await pool.query(
        `INSERT INTO local_usage VALUES ($1, $2, $3)
         ON CONFLICT (service, counter) DO UPDATE SET amount = local_usage.amount + excluded.amount`,
        [service, counter, amount],
      );
    },
    async read() {
      const { rows } = await pool.query<{ counter: string; amount: string }>(
        "SELECT counter, amount FROM local_usage WHERE service = $1 ORDER BY counter",
        [service],
      );
      return Object.fromEntries(rows.map((row) => [row.counter, Number(row.amount)]));
    },
  };
}
