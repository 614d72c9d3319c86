import { and, eq } from "drizzle-orm";
import { requeueFiles, requeues } from "../../db/schema/requeues.ts";
import { WaybillError } from "../../kernel/errors.ts";
import type { TriageContext } from "../context.ts";
import { type Actor, recordAudit } from "../record-audit.ts";

/**
 * Ends a requeue: what was not sent is not sent any more, what is on its way goes on.
 * @throws WaybillError requeue_not_found, requeue_ended
 */
export async function cancelRequeue(
  ctx: TriageContext,
  { id, reason, actor }: { id: string; reason: string | null; actor: Actor },
): Promise<void> {
  const now = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const [requeue] = await tx.select().from(requeues).where(eq(requeues.id, id)).for("update");
    if (requeue === undefined) throw new WaybillError("requeue_not_found", { details: { requeueId: id } });
    const { state, dueAt } = requeue;
    if (dueAt === null) throw new WaybillError("requeue_ended", { details: { state } });
    const skipped = await tx
      .update(requeueFiles)
      .set({ outcome: "skipped", finishedAt: now })
      .where(and(eq(requeueFiles.requeueId, id), eq(requeueFiles.outcome, "pending")))
      .returning({ place: requeueFiles.place });
    await tx
      .update(requeues)
      .set({ state: "cancelled", finishedAt: now, dueAt: null })
      .where(eq(requeues.id, id));
    const change = { action: "requeue.cancel", fileId: null, actor, reason, idempotencyKey: null } as const;
    const after = { state: "cancelled", skipped: skipped.length };
    await recordAudit(tx, { ...change, request: { requeueId: id }, before: { state }, after }, now);
  });
}
