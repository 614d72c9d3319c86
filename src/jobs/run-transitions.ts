import { and, eq, inArray, isNotNull, isNull, ne, sql } from "drizzle-orm";
import { countEndedRun } from "../costs/rollups/count-ingest.ts";
import { noteFileCost } from "../costs/rollups/note-file-cost.ts";
import type { Db } from "../db/client.ts";
import { files } from "../db/schema/files.ts";
import { runs } from "../db/schema/runs.ts";
import { steps } from "../db/schema/steps.ts";
import type { ErrorCode } from "../kernel/error-codes.ts";
import { endInARow } from "./failures/end-standing.ts";
import { settleRequeued } from "./settle-requeued.ts";

/**
 * Every change of a run's and its file's state, by name; nothing else in Waybill writes these columns. Each is
 * called in a transaction that holds the run's lock (jobs/run-facts.ts).
 */

/** The place of a row among the runs and files. */
export interface RunPlace {
  readonly runId: string;
  readonly fileId: string;
}

/** The run and its file succeeded. */
export function succeedRun(tx: Db, place: RunPlace, now: Date): Promise<void> {
  return finish(tx, place, "succeeded", now, {
    failedStep: null,
    errorCode: null,
    currentRunId: place.runId,
  });
}

/** The run and its file failed, at this step. */
export function failRun(
  tx: Db,
  place: RunPlace,
  cause: { step: string; code: ErrorCode },
  now: Date,
): Promise<void> {
  return finish(tx, place, "failed", now, { failedStep: cause.step, errorCode: cause.code });
}

/** A run that has not ended is running or held, and its file with it. One that has ended stays as it is. */
export async function markRun(tx: Db, place: RunPlace, status: "running" | "held", now: Date): Promise<void> {
  const marked = await tx
    .update(runs)
    .set({ status })
    .where(and(eq(runs.id, place.runId), ne(runs.status, status), isNull(runs.finishedAt)))
    .returning({ id: runs.id });
  if (marked.length === 0) return;
  await tx
    .update(files)
    .set({ status, updatedAt: now })
    .where(and(eq(files.id, place.fileId), eq(files.latestRunId, place.runId), ne(files.status, status)));
}

/** A run that can only go on once a held step does is held, and its file with it. */
export async function restRun(tx: Db, place: RunPlace, now: Date): Promise<void> {
  const states = await tx
    .selectDistinct({ state: steps.state })
    .from(steps)
    .where(and(eq(steps.runId, place.runId), inArray(steps.state, ["queued", "running", "held"])));
  if (states.length === 1 && states[0]?.state === "held") await markRun(tx, place, "held", now);
}

/** Ended runs and their files → queued, each in its next round. @returns the rounds' numbers by run */
export async function reopenRuns(tx: Db, runIds: readonly string[], now: Date): Promise<Map<string, number>> {
  if (runIds.length === 0) return new Map();
  const reopened = await tx
    .update(runs)
    .set({ status: "queued", finishedAt: null, round: sql`${runs.round} + 1` })
    .where(and(inArray(runs.id, [...runIds]), isNotNull(runs.finishedAt)))
    .returning({ id: runs.id, round: runs.round });
  if (reopened.length < runIds.length)
    throw new TypeError("A run that has not ended was to be reopened: the lock was not held.");
  await tx
    .update(files)
    .set({ status: "queued", failedStep: null, errorCode: null, finishedAt: null, updatedAt: now })
    .where(inArray(files.latestRunId, [...runIds]));
  return new Map(reopened.map(({ id, round }) => [id, round]));
}

/** The file's newest run is this one from now on, and the file is queued. */
export async function supersedeRun(tx: Db, next: RunPlace & { number: number }, now: Date): Promise<void> {
  await tx
    .update(files)
    .set({
      status: "queued",
      latestRunId: next.runId,
      runCount: next.number,
      failedStep: null,
      errorCode: null,
      finishedAt: null,
      updatedAt: now,
    })
    .where(eq(files.id, next.fileId));
}

async function finish(
  tx: Db,
  place: RunPlace,
  status: "succeeded" | "failed",
  now: Date,
  columns: { failedStep: string | null; errorCode: ErrorCode | null; currentRunId?: string },
): Promise<void> {
  await countEndedRun(tx, place.runId, status, now);
  await tx.update(runs).set({ status, finishedAt: now }).where(eq(runs.id, place.runId));
  await tx
    .update(files)
    .set({ status, updatedAt: now, finishedAt: now, ...columns })
    .where(and(eq(files.id, place.fileId), eq(files.latestRunId, place.runId)));
  if (status === "succeeded") await endInARow(tx, place.fileId);
  await noteFileCost(tx, place.fileId, now);
  await settleRequeued(tx, place.runId, status, now);
}
