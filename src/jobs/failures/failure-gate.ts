import { sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";

/** A number of our own among Postgres' advisory locks. */
const gate = 20_261_129;

/**
 * Passes the gate of the failure groups: whoever files a failure or ends a standing does so before it reads to which
 * group anything belongs, so that nothing is filed into a group that is being merged or split at that moment.
 */
export async function passFailureGate(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${sql.raw(String(gate))})`);
}

/**
 * Waits until all who file failures have ended, and keeps others from it until this transaction ends. Taken before any
 * row is locked: those who wait for the gate hold rows of runs and budgets, which its holder must not want.
 */
export async function shutFailureGate(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${sql.raw(String(gate))})`);
}
