import { and, eq, inArray, isNotNull, isNull, type SQL } from "drizzle-orm";
import type { BreakerProvider } from "../../db/breaker-states.ts";
import type { Db } from "../../db/client.ts";
import { breakerHolds } from "../../db/schema/breakers.ts";
import { outbox } from "../../db/schema/outbox.ts";
import { steps } from "../../db/schema/steps.ts";
import { deriveId } from "../../kernel/ids.ts";
import { dropUnpublished } from "../drop-unpublished.ts";
import type { RunFacts } from "../run-facts.ts";
import { restRun } from "../run-transitions.ts";
import { breakerSentence } from "./breaker-sentence.ts";

/**
 * What breakers do to steps, by name; other changes of a step's state are in jobs/transitions.ts. Each is called in
 * a transaction that holds the run's lock.
 */

/** A step of a run that a breaker stops. */
interface Stopped {
  readonly run: Pick<RunFacts, "runId" | "fileId" | "createdAt">;
  readonly stepId: string;
  readonly dispatch: number;
  readonly provider: BreakerProvider;
}

/**
 * queued → held, as the delivery of its message found a breaker open. No attempt was begun and none is counted; the
 * message is done with.
 * @param stopped.until when the next step may try, where that is known
 */
export async function holdForBreaker(
  tx: Db,
  stopped: Stopped & { readonly until: Date | null; readonly queuedSince: Date | null },
  now: Date,
): Promise<void> {
  const { stepId, dispatch, provider, until } = stopped;
  await tx
    .update(steps)
    .set({
      state: "held",
      queuedAt: now,
      expectedBy: null,
      nextAttemptAt: null,
      heldReason: "breaker_open",
      heldUntil: until,
      errorCode: "breaker_open",
      errorMessage: breakerSentence(provider),
    })
    .where(and(eq(steps.id, stepId), eq(steps.dispatch, dispatch), eq(steps.state, "queued")));
  await dropUnpublished(tx, eq(outbox.stepId, stepId));
  await writeHold(tx, stopped, now);
  await restRun(tx, stopped.run, now);
}

/** Notes what a step waits for that is held since this moment: at its claim, or as its probe has failed. */
export async function writeHold(
  tx: Db,
  { run, stepId, dispatch, provider, queuedSince = null }: Stopped & { readonly queuedSince?: Date | null },
  since: Date,
): Promise<void> {
  const id = deriveId("hold", "breaker", stepId, dispatch);
  const { runId, createdAt: rank } = run;
  await tx
    .insert(breakerHolds)
    .values({ id, stepId, runId, provider, rank, queuedSince, since })
    .onConflictDoNothing();
}

/** Notes that steps are held no more. @returns the ids of the holds that ended */
export async function endBreakerHolds(
  tx: Db,
  stepIds: readonly string[],
  endedBy: "closed" | "probe",
  now: Date,
): Promise<string[]> {
  if (stepIds.length === 0) return [];
  const ended = await tx
    .update(breakerHolds)
    .set({ until: now, endedBy })
    .where(and(inArray(breakerHolds.stepId, [...stepIds]), isNull(breakerHolds.until)))
    .returning({ id: breakerHolds.id });
  return ended.map(({ id }) => id);
}

/** Notes that a run's steps are held no more, as the run has ended. */
export async function endBreakerHoldsOfRun(tx: Db, runId: string, now: Date): Promise<void> {
  await tx
    .update(breakerHolds)
    .set({ until: now, endedBy: "run" })
    .where(and(eq(breakerHolds.runId, runId), isNull(breakerHolds.until)));
}

/** How long a step waited for a breaker, and for its delivery before that. */
export interface EndedBreakerHold {
  readonly holdId: string;
  readonly runId: string;
  readonly stepId: string;
  readonly step: string;
  readonly shard: number;
  readonly provider: BreakerProvider;
  readonly queuedSince: Date | null;
  readonly since: Date;
  readonly until: Date;
}

/** Holds that have ended, of those that fit a condition on `breaker_holds`. */
export async function endedBreakerHolds(db: Db, which: SQL): Promise<EndedBreakerHold[]> {
  const rows = await db
    .select({
      holdId: breakerHolds.id,
      runId: breakerHolds.runId,
      stepId: steps.id,
      step: steps.name,
      shard: steps.shard,
      provider: breakerHolds.provider,
      queuedSince: breakerHolds.queuedSince,
      since: breakerHolds.since,
      until: breakerHolds.until,
    })
    .from(breakerHolds)
    .innerJoin(steps, eq(steps.id, breakerHolds.stepId))
    .where(and(which, isNotNull(breakerHolds.until)));
  return rows.flatMap(({ until, ...hold }) => (until === null ? [] : [{ ...hold, until }]));
}
