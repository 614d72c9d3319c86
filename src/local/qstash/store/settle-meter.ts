import type { Pool } from "pg";
import { z } from "zod";

const rowSchema = z.object({ amount: z.coerce.number() });

/**
 * Brings the stored count of attempts up to what the one who makes them has counted, as a crash of Postgres may
 * have taken the last of it back.
 * @returns the count that holds
 */
export async function settleMeter(pool: Pool, counted: number): Promise<number> {
  const { rows } = await pool.query(
    `INSERT INTO qstash.usage AS known VALUES ('messages', $1)
     ON CONFLICT (name) DO UPDATE SET amount = greatest(known.amount, excluded.amount) RETURNING amount`,
    [counted],
  );
  return z.array(rowSchema).parse(rows)[0]?.amount ?? counted;
}
