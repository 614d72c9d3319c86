import { and, eq, sql } from "drizzle-orm";
import type { Db } from "../db/client.ts";
import { requeueFiles } from "../db/schema/requeues.ts";
import { runs } from "../db/schema/runs.ts";

/**
 * Writes down for the requeue that sent a file what became of it, in the transaction that ends the run. A run that
 * no requeue sent has no row, and one that ended before keeps its outcome.
 */
export async function settleRequeued(
  tx: Db,
  runId: string,
  outcome: "succeeded" | "failed",
  now: Date,
): Promise<void> {
  await tx
    .update(requeueFiles)
    .set({ outcome, finishedAt: now })
    .where(
      and(
        eq(requeueFiles.runId, runId),
        eq(requeueFiles.outcome, "sent"),
        eq(requeueFiles.round, sql`(select ${runs.round} from ${runs} where ${runs.id} = ${runId})`),
      ),
    );
}
