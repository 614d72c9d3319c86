import { asc, inArray } from "drizzle-orm";
import { spentDeadLetters } from "../db/schema/dead-letters.ts";
import type { JobsContext } from "./context.ts";

/** Most entries that are removed in one pass; the next tick takes the rest. */
const batchSize = 100;

/**
 * Removes what QStash keeps of failed messages whose steps were requeued. Called after a requeue and by the
 * tick. What is gone already is no fault; what cannot be done now is left to the next tick, so that it fails
 * neither the requeue, which is done already, nor the tick.
 * @returns how many were of no more use and are gone
 */
export async function dropDeadLetters(ctx: Pick<JobsContext, "db" | "queue" | "log">): Promise<number> {
  try {
    return await dropSpent(ctx);
  } catch (error) {
    ctx.log.warn({ err: error }, "dead letters could not be removed; the next tick tries again");
    return 0;
  }
}

async function dropSpent(ctx: Pick<JobsContext, "db" | "queue">): Promise<number> {
  const spent = await ctx.db
    .select({ dlqId: spentDeadLetters.dlqId })
    .from(spentDeadLetters)
    .orderBy(asc(spentDeadLetters.createdAt))
    .limit(batchSize);
  if (spent.length === 0) return 0;
  const dlqIds = spent.map((entry) => entry.dlqId);
  await ctx.queue.removeDeadLetters(dlqIds);
  await ctx.db.delete(spentDeadLetters).where(inArray(spentDeadLetters.dlqId, dlqIds));
  return dlqIds.length;
}
