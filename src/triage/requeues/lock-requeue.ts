import { eq } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { requeues } from "../../db/schema/requeues.ts";
import { WaybillError } from "../../kernel/errors.ts";

/** A requeue's row. */
export type RequeueRow = typeof requeues.$inferSelect;

/** Locks a requeue before anything of it is changed or sent. @throws WaybillError requeue_not_found */
export async function lockRequeue(tx: Db, id: string): Promise<RequeueRow> {
  return found(await tx.select().from(requeues).where(eq(requeues.id, id)).for("update"), id);
}

/** A requeue as it stands. @throws WaybillError requeue_not_found */
export async function readRequeue(db: Db, id: string): Promise<RequeueRow> {
  return found(await db.select().from(requeues).where(eq(requeues.id, id)), id);
}

function found([requeue]: readonly RequeueRow[], id: string): RequeueRow {
  if (requeue === undefined) throw new WaybillError("requeue_not_found", { details: { requeueId: id } });
  return requeue;
}
