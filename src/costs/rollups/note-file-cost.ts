import { sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";

/**
 * Puts a file among those whose costs are compared; called in the transaction that ends a run of it, after that
 * run's entries. From then on every entry of the file is added there too.
 */
export async function noteFileCost(tx: Db, fileId: string, now: Date): Promise<void> {
  await tx.execute(sql`
    insert into file_costs (file_id, project_id, ended_on, nano_usd)
    select id, project_id, (${now.toISOString()}::timestamptz at time zone 'UTC')::date, cost_nano_usd
    from files where id = ${fileId}
    on conflict (file_id) do update set ended_on = excluded.ended_on, nano_usd = excluded.nano_usd`);
}
