import { sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";

/**
 * Raises the alerts that a budget has crossed as it stands now: when it is made, and when its limit is changed.
 * Those that it crosses later are raised as it is charged (charge-accounts.ts). Once each in a window. The accounts
 * of files raise none below their limit: there are as many as files.
 */
export async function alertCrossed(tx: Db, budgetId: string, now: Date): Promise<void> {
  await tx.execute(sql`
    insert into budget_alerts (budget_id, key, window_start, percent, settled_nano_usd, reserved_nano_usd, limit_nano_usd, at)
    select budget_id, key, window_start, percent, settled_nano_usd, reserved_nano_usd, limit_nano_usd, ${now.toISOString()}::timestamptz
    from budget_accounts cross join lateral unnest(thresholds) as percent
    where budget_id = ${budgetId} and limit_nano_usd > 0 and settled_nano_usd * 100 >= limit_nano_usd * percent
      and (key not like 'file:%' or percent >= 100)
    on conflict do nothing`);
}
