import { and, eq, inArray, isNotNull } from "drizzle-orm";
import type { Db } from "../db/client.ts";
import { spentDeadLetters } from "../db/schema/dead-letters.ts";
import { steps } from "../db/schema/steps.ts";

/**
 * The changes of a step's state that a requeue makes, by name; the others are in jobs/transitions.ts. Each is
 * called in a transaction that holds the lock of the file's newest run.
 */

/** What a step forgets of the round before; fence and dispatch go on, so that nothing old fits it any more. */
const fresh = {
  result: null,
  attemptCount: 0,
  expectedBy: null,
  nextAttemptAt: null,
  errorCode: null,
  errorMessage: null,
  dlqId: null,
  queuedAt: null,
  startedAt: null,
} as const;

/** failed, cancelled or succeeded → waiting, with all attempts of a new round before them. */
export async function readyAgain(tx: Db, stepIds: readonly string[], round: number): Promise<void> {
  if (stepIds.length === 0) return;
  await tx
    .update(steps)
    .set({ ...fresh, state: "waiting", round, finishedAt: null })
    .where(endedSteps(stepIds));
}

/** failed, cancelled or succeeded → cancelled and retired, until the step that plans them has planned anew. */
export async function retireSteps(tx: Db, stepIds: readonly string[], now: Date): Promise<void> {
  if (stepIds.length === 0) return;
  await tx
    .update(steps)
    .set({ ...fresh, state: "cancelled", retired: true, finishedAt: now })
    .where(endedSteps(stepIds));
}

/** What QStash keeps of the run's failed messages is of no more use: it is to be removed there. */
export async function spendDeadLetters(tx: Db, runId: string, now: Date): Promise<string[]> {
  const kept = await tx
    .select({ id: steps.id, dlqId: steps.dlqId })
    .from(steps)
    .where(and(eq(steps.runId, runId), isNotNull(steps.dlqId)));
  const dlqIds = kept.flatMap((step) => step.dlqId ?? []);
  if (dlqIds.length === 0) return [];
  await tx
    .insert(spentDeadLetters)
    .values(dlqIds.map((dlqId) => ({ dlqId, createdAt: now })))
    .onConflictDoNothing();
  await tx.update(steps).set({ dlqId: null }).where(eq(steps.runId, runId));
  return dlqIds;
}

function endedSteps(stepIds: readonly string[]) {
  return and(inArray(steps.id, [...stepIds]), inArray(steps.state, ["failed", "cancelled", "succeeded"]));
}
