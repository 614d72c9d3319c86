import { and, eq } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { requeueFiles, requeues } from "../../db/schema/requeues.ts";

/**
 * Ends a requeue under its lock: what was not sent is skipped, what is on its way goes on.
 * @returns how many files were skipped
 */
export async function endRequeue(
  tx: Db,
  id: string,
  end: { state: "stopped" | "cancelled" | "done"; because: string | null },
  now: Date,
): Promise<number> {
  const skipped = await tx
    .update(requeueFiles)
    .set({ outcome: "skipped", finishedAt: now })
    .where(and(eq(requeueFiles.requeueId, id), eq(requeueFiles.outcome, "pending")))
    .returning({ place: requeueFiles.place });
  await tx
    .update(requeues)
    .set({ state: end.state, stoppedBecause: end.because, pausedFrom: null, finishedAt: now, waits: 0 })
    .where(eq(requeues.id, id));
  return skipped.length;
}
