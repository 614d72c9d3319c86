import { and, inArray, isNotNull, sql } from "drizzle-orm";
import type { Db } from "../db/client.ts";
import { spentDeadLetters } from "../db/schema/dead-letters.ts";
import { runs } from "../db/schema/runs.ts";
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

/** failed, cancelled or succeeded → waiting, in the present round of their runs, with all its attempts before them. */
export async function readyAgain(tx: Db, stepIds: readonly string[]): Promise<void> {
  if (stepIds.length === 0) return;
  await tx
    .update(steps)
    .set({
      ...fresh,
      state: "waiting",
      round: sql`(select ${runs.round} from ${runs} where ${runs.id} = ${steps.runId})`,
      finishedAt: null,
    })
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

/** What QStash keeps of the runs' failed messages is of no more use: it is to be removed there. */
export async function spendDeadLetters(tx: Db, runIds: readonly string[], now: Date): Promise<void> {
  const kept = await tx
    .select({ id: steps.id, dlqId: steps.dlqId })
    .from(steps)
    .where(and(inArray(steps.runId, [...runIds]), isNotNull(steps.dlqId)));
  const dlqIds = kept.flatMap((step) => step.dlqId ?? []);
  if (dlqIds.length === 0) return;
  await tx
    .insert(spentDeadLetters)
    .values(dlqIds.map((dlqId) => ({ dlqId, createdAt: now })))
    .onConflictDoNothing();
  await tx
    .update(steps)
    .set({ dlqId: null })
    .where(and(inArray(steps.runId, [...runIds]), isNotNull(steps.dlqId)));
}

function endedSteps(stepIds: readonly string[]) {
  return and(inArray(steps.id, [...stepIds]), inArray(steps.state, ["failed", "cancelled", "succeeded"]));
}
