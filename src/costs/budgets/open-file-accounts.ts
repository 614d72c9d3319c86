import { sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { windowStart } from "./window.ts";

/**
 * Opens the accounts of files for every budget that caps them and has none for them yet, with what the files
 * have spent and set aside so far. The caller has passed the budget gate and holds the locks of the files
 * (jobs/run-facts.ts), so nothing is spent for them meanwhile.
 */
export async function openFileAccounts(tx: Db, fileIds: readonly string[], now: Date): Promise<void> {
  const starts = windowStart(
    sql`budget.time_window`,
    sql`budget.time_zone`,
    sql`${now.toISOString()}::timestamptz`,
  );
  await tx.execute(sql`
    insert into budget_accounts (budget_id, key, time_window, time_zone, limit_nano_usd, mode, thresholds,
      window_start, settled_nano_usd, reserved_nano_usd, unreserved_nano_usd, excess_nano_usd)
    select budget.id, 'file:' || files.id, time_window, time_zone, limit_nano_usd, mode, thresholds, starts.at,
           settled, reserved, unreserved, greatest(0, settled + reserved - limit_nano_usd)
    from files join budgets budget
      on scope = 'file' and removed_at is null and (budget.project_id is null or budget.project_id = files.project_id)
    cross join lateral (select ${starts} as at) starts
    cross join lateral (
      select coalesce(sum(nano_usd), 0) as settled, coalesce(sum(unreserved_nano_usd), 0) as unreserved
      from ledger where ledger.file_id = files.id and ledger.at >= starts.at
    ) spent
    cross join lateral (
      select coalesce(sum(work_nano_usd + messages_nano_usd), 0) as reserved
      from reservations join runs on runs.id = reservations.run_id
      where runs.file_id = files.id and state = 'open'
    ) aside
    where files.id = any(${sql.param([...fileIds])}::text[])
    on conflict do nothing`);
}

/**
 * Closes the accounts of files that are under way no more. One that is needed again is opened again with the
 * same sums.
 * @returns how many were closed
 */
export async function closeFileAccounts({ db }: { readonly db: Db }): Promise<number> {
  const closed = await db.execute(sql`
    delete from budget_accounts where reserved_nano_usd = 0 and key like 'file:%' and not exists (
      select from files where files.id = split_part(key, ':', 2) and files.finished_at is null)`);
  return closed.rowCount ?? 0;
}
