import { and, isNull, lt, sql } from "drizzle-orm";
import { reconciliations } from "../db/schema/reconciliations.ts";
import type { JobsContext } from "./context.ts";

/** The schedule that holds QStash, Postgres and the vector index against each other: once a day. */
export const reconciliationSchedule = {
  id: "waybill-reconcile",
  path: "/api/jobs/reconcile",
  cron: "47 3 * * *",
} as const;

/** After this long without a sign of life a reconciliation is sent on its way again, in ms. */
const staleMs = 120_000;

type SendContext = Pick<JobsContext, "db" | "clock" | "queue" | "log">;

/** Sends the message for a reconciliation's next turn; a QStash that does not answer is left to the tick. */
export async function sendReconciliation(
  ctx: Pick<JobsContext, "queue" | "log">,
  message: { reconciliationId: string; turn: number },
): Promise<void> {
  const deduplicationId = `${message.reconciliationId}.${message.turn}`;
  try {
    await ctx.queue.call({ path: "/api/jobs/reconcile", body: message, deduplicationId });
  } catch (error) {
    ctx.log.warn({ err: error, ...message }, "a reconciliation could not be sent; the tick sends it");
  }
}

/**
 * Carries on a reconciliation whose worker died or whose message was lost; called by the tick.
 * @returns how many were sent again: there is never more than one
 */
export async function carryOnReconciliation(ctx: SendContext): Promise<number> {
  const now = ctx.clock.now();
  const stale = await ctx.db
    .update(reconciliations)
    .set({ turn: sql`${reconciliations.turn} + 1`, heartbeatAt: now })
    .where(
      and(
        isNull(reconciliations.finishedAt),
        lt(reconciliations.heartbeatAt, new Date(now.getTime() - staleMs)),
      ),
    )
    .returning({ reconciliationId: reconciliations.id, turn: reconciliations.turn });
  for (const message of stale) await sendReconciliation(ctx, message);
  return stale.length;
}
