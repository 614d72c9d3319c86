import { and, eq, isNotNull, lt } from "drizzle-orm";
import { requeues } from "../../db/schema/requeues.ts";
import { deriveSpanId, newTraceId } from "../../kernel/ids.ts";
import type { TriageContext } from "../context.ts";

/** How long after its time a turn is missed, in ms. */
const missedAfterMs = 30_000;

/**
 * Sends the message for a requeue's next turn; sending it twice is harmless, since its deduplication id names the
 * turn. A QStash that does not answer is no fault: the tick sends it.
 */
export async function sendTurn(ctx: TriageContext, requeueId: string): Promise<void> {
  const [requeue] = await ctx.db.select().from(requeues).where(eq(requeues.id, requeueId));
  if (requeue?.dueAt == null) return;
  const { turn, dueAt } = requeue;
  try {
    await ctx.queue.publish([
      {
        path: "/api/jobs/requeue",
        body: { v: 1, requeueId, turn },
        deduplicationId: `${requeueId}.${turn}`,
        retries: 3,
        timeoutSec: 290,
        flowControl: { key: "requeue", parallelism: 4 },
        labels: ["requeue"],
        deliverAfter: dueAt > ctx.clock.now() ? dueAt : null,
        sender: { traceId: newTraceId(), spanId: deriveSpanId("requeue-turn", requeueId, turn) },
      },
    ]);
  } catch (error) {
    ctx.log.warn({ err: error, requeueId }, "the turn of a requeue could not be sent; the tick sends it");
  }
}

/** Sends the turns that are missed, each under a new number, as QStash may still know the old one. */
export async function carryOnRequeues(ctx: TriageContext): Promise<void> {
  const missed = new Date(ctx.clock.now().getTime() - missedAfterMs);
  const due = await ctx.db
    .select({ id: requeues.id, turn: requeues.turn })
    .from(requeues)
    .where(and(isNotNull(requeues.dueAt), lt(requeues.dueAt, missed)))
    .limit(100);
  for (const { id, turn } of due) {
    await ctx.db
      .update(requeues)
      .set({ turn: turn + 1, dueAt: ctx.clock.now() })
      .where(and(eq(requeues.id, id), eq(requeues.turn, turn), isNotNull(requeues.dueAt)));
    await sendTurn(ctx, id);
  }
}
