import { eq } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { requeues } from "../../db/schema/requeues.ts";
import { WaybillError } from "../../kernel/errors.ts";

/** A requeue's row. */
export type RequeueRow = typeof requeues.$inferSelect;

/** Locks a requeue before anything of it is changed or sent. @throws WaybillError requeue_not_found */
export async function lockRequeue(tx: Db, id: string): Promise<RequeueRow> {
  const [requeue] = await tx.select().from(requeues).where(eq(requeues.id, id)).for("update");
  if (requeue === undefined) throw new WaybillError("requeue_not_found", { details: { requeueId: id } });
  return requeue;
}

/** True for a requeue that sends no more, whether or not all that it sent has ended. */
export function isOver({ state }: Pick<RequeueRow, "state">): boolean {
  return state === "stopped" || state === "cancelled" || state === "done";
}

/** @throws WaybillError requeue_not_found */
export async function requireRequeue(db: Db, id: string): Promise<void> {
  const [found] = await db.select({ id: requeues.id }).from(requeues).where(eq(requeues.id, id));
  if (found === undefined) throw new WaybillError("requeue_not_found", { details: { requeueId: id } });
}
