import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { failureGroupFiles, failureGroups } from "../../db/schema/failures.ts";
import { passFailureGate } from "./failure-gate.ts";

/**
 * These files stand failed by no group any longer, as they are done again. How often they failed in a row stays
 * known. Called under the locks of their runs and after the budgets' accounts; doing it twice changes nothing.
 */
export async function endStanding(tx: Db, fileIds: readonly string[]): Promise<void> {
  if (fileIds.length === 0) return;
  await passFailureGate(tx);
  await leaveGroups(tx, fileIds);
}

/** The same for one who has passed the gate. */
export async function leaveGroups(tx: Db, fileIds: readonly string[]): Promise<void> {
  const ended = await tx
    .update(failureGroupFiles)
    .set({ standing: false })
    .where(and(inArray(failureGroupFiles.fileId, [...fileIds]), eq(failureGroupFiles.standing, true)))
    .returning({ groupId: failureGroupFiles.groupId });
  const perGroup = new Map<string, number>();
  for (const { groupId } of ended) perGroup.set(groupId, (perGroup.get(groupId) ?? 0) + 1);
  await lockGroups(tx, [...perGroup.keys()]);
  for (const [groupId, files] of perGroup) {
    await tx
      .update(failureGroups)
      .set({ standing: sql`${failureGroups.standing} - ${files}` })
      .where(eq(failureGroups.id, groupId));
  }
}

/** Locks groups in the order of their ids, so that two who change several do not wait for each other. */
export async function lockGroups(tx: Db, groupIds: readonly string[]): Promise<void> {
  if (groupIds.length === 0) return;
  await tx
    .select({ id: failureGroups.id })
    .from(failureGroups)
    .where(inArray(failureGroups.id, [...groupIds]))
    .orderBy(asc(failureGroups.id))
    .for("no key update");
}

/**
 * The file succeeded: no failure has happened to it in a row any longer. Touches no group's row and passes no gate, as
 * nearly all files have never failed: the rows are locked in their order first, as one who merges groups locks them.
 */
export async function endInARow(tx: Db, fileId: string): Promise<void> {
  const ofFile = eq(failureGroupFiles.fileId, fileId);
  const met = await tx
    .select({ groupId: failureGroupFiles.groupId })
    .from(failureGroupFiles)
    .where(ofFile)
    .orderBy(asc(failureGroupFiles.groupId))
    .for("update");
  if (met.length === 0) return;
  // By the file and not by the groups that were met: a merge that was waited for has moved the rows.
  await tx.update(failureGroupFiles).set({ times: 0 }).where(ofFile);
}
