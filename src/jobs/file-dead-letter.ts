import { and, eq, sql } from "drizzle-orm";
import type { Db } from "../db/client.ts";
import { spentDeadLetters } from "../db/schema/dead-letters.ts";
import { files } from "../db/schema/files.ts";
import { runs } from "../db/schema/runs.ts";
import { steps } from "../db/schema/steps.ts";

/** An entry of QStash's dead letter queue: of the message of which dispatch of which step. */
export interface DeadLetter {
  readonly dlqId: string;
  readonly stepId: string;
  readonly dispatch: number;
}

/**
 * Puts an entry of the dead letter queue down with its step, as long as that has failed with this very message
 * and the file has not gone on. Otherwise it is of no more use and is to be removed. Called in a transaction
 * that holds the lock of the step's run, as a requeue does: so neither misses the other.
 * @returns whether a step keeps it
 */
export async function fileDeadLetter(tx: Db, letter: DeadLetter, now: Date): Promise<boolean> {
  const { dlqId, stepId, dispatch } = letter;
  const filed = await tx
    .update(steps)
    .set({ dlqId })
    .where(
      and(
        eq(steps.id, stepId),
        eq(steps.dispatch, dispatch),
        eq(steps.state, "failed"),
        sql`exists (select from ${runs} join ${files} on ${files.id} = ${runs.fileId}
          where ${runs.id} = ${steps.runId} and ${files.latestRunId} = ${runs.id})`,
      ),
    )
    .returning({ id: steps.id });
  if (filed.length === 0)
    await tx.insert(spentDeadLetters).values({ dlqId, createdAt: now }).onConflictDoNothing();
  return filed.length > 0;
}
