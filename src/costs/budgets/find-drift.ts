import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";

const nano = z.string().transform(BigInt);
const rowSchema = z.object({
  budget_id: z.string(),
  key: z.string(),
  settled: nano,
  entries: nano,
  reserved: nano,
  reservations: nano,
});

/** An account whose amounts are not those of the rows that they stand for. */
export type Drift = z.output<typeof rowSchema>;

/**
 * Holds every budget account against the ledger and the reservations, in one snapshot: what is settled is the sum
 * of the entries in the account's window, what is reserved is the sum of what open reservations have left.
 * Reads the whole ledger of each window.
 * @returns the accounts for which that is not so; there should never be one
 */
export async function findDrift(db: Db): Promise<Drift[]> {
  const { rows } = await db.execute(sql`
    select budget_id, key, settled_nano_usd::text as settled, entries::text, reserved_nano_usd::text as reserved,
           reservations::text
    from budget_accounts
    cross join lateral (
      select coalesce(sum(nano_usd), 0) as entries from ledger where ledger.at >= window_start and (
        key = 'deployment' or key = 'project:' || project_id or key = 'step:' || project_id || ':' || step
        or key = 'file:' || file_id)
    ) spent
    cross join lateral (
      select coalesce(sum(work_nano_usd + messages_nano_usd), 0) as reservations from reservations
      where state = 'open' and budget_accounts.key = any(keys)
    ) aside
    where settled_nano_usd <> entries or reserved_nano_usd <> reservations
    order by budget_id, key`);
  return z.array(rowSchema).parse(rows);
}
