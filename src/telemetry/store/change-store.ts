import { DrizzleQueryError, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";

/** SQLSTATE of a lock that was not to be had in time. */
const lockNotAvailable = z.object({ code: z.literal("55P03") });

/**
 * Changes the shape of the trace store in one transaction that waits for its locks for at most two seconds:
 * whoever reads or writes spans meanwhile queues up behind it.
 * @returns false when the locks were not to be had; then nothing was changed
 */
export async function changeStore(db: Db, change: (tx: Db) => Promise<boolean>): Promise<boolean> {
  try {
    return await db.transaction(async (tx) => {
      await tx.execute(sql`set local lock_timeout = '2s'`);
      // One at a time, so that two passes at once do not make the same partition.
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext('waybill.spans'))`);
      return change(tx);
    });
  } catch (error) {
    const cause = error instanceof DrizzleQueryError ? error.cause : error;
    if (lockNotAvailable.safeParse(cause).success) return false;
    throw error;
  }
}

/** Whether there is a table of this name: asked of the catalogue, as `to_regclass` may answer from a cache. */
export async function partitionExists(tx: Db, name: string): Promise<boolean> {
  const { rowCount } = await tx.execute(
    sql`select 1 from pg_class where relname = ${name} and relnamespace = current_schema()::regnamespace`,
  );
  return rowCount === 1;
}
