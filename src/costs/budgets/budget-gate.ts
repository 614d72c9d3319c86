import { sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";

/** A number of our own among Postgres' advisory locks. */
const gate = 20_261_125;

/**
 * Whoever moves money passes the gate in its transaction, in a statement before the one that moves it; whoever
 * makes a budget shuts it, so that the budget begins with exact sums: everything that was spent before is in the
 * ledger, and everything after finds the budget's account. jobs/run-facts.ts passes it with a run's lock.
 */
export const passGate = sql`pg_advisory_xact_lock_shared(${sql.raw(String(gate))})`;

/** Passes the gate, for what spends money without a run. */
export async function passBudgetGate(tx: Db): Promise<void> {
  await tx.execute(sql`select ${passGate}`);
}

/** Waits until all who move money have ended, and keeps others from it until this transaction ends. */
export async function shutBudgetGate(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${sql.raw(String(gate))})`);
}
