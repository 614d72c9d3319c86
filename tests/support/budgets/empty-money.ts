import { sql } from "drizzle-orm";
import type { Db } from "../../../src/db/client.ts";

const tables = [
  "budget_alerts",
  "budget_holds",
  "budget_accounts",
  "budgets",
  "reservations",
  "wasted_entries",
  "cost_deltas",
  "cost_rollups",
  "ledger",
];

/** Forgets all that was spent and set aside. Nothing but a superuser who sets triggers aside can do that. */
export async function emptyMoney(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    for (const table of tables) await tx.execute(sql`delete from ${sql.identifier(table)}`);
  });
}
