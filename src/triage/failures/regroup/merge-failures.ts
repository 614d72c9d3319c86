import { eq, sql } from "drizzle-orm";
import type { Db } from "../../../db/client.ts";
import {
  failureFingerprints,
  failureGroupFiles,
  failureGroupHours,
  failureGroups,
  failureNotes,
  failureSplits,
  failures,
} from "../../../db/schema/failures.ts";
import { lockGroups } from "../../../jobs/failures/end-standing.ts";
import { shutFailureGate } from "../../../jobs/failures/failure-gate.ts";
import { WaybillError } from "../../../kernel/errors.ts";
import type { TriageContext } from "../../context.ts";
import { type Actor, recordAudit } from "../../record-audit.ts";
import { findFailure } from "../find-failure.ts";
import { lockGroup } from "../lock-group.ts";
import { lockGroupFiles, recountGroup, recountProjects } from "./recount-group.ts";

/** Which group goes into which, and why. */
interface Merge {
  readonly id: string;
  /** The group that stays. */
  readonly into: string;
  readonly reason?: string | null | undefined;
  readonly actor: Actor;
}

/**
 * Moves all that a group has into another one, and files its future failures there, with an audit entry. The state of
 * the group that stays is left as it is. Asked for twice, it is done once.
 * @throws WaybillError failure_not_found; failure_merged where either has gone into a third; malformed_request for a
 * group and itself
 */
export async function mergeFailures(
  { db, clock }: Pick<TriageContext, "db" | "clock">,
  { id, into, reason = null, actor }: Merge,
): Promise<void> {
  if (id === into)
    throw new WaybillError("malformed_request", {
      message: "A group cannot be merged into itself.",
      details: { into: "the same" },
    });
  await db.transaction(async (tx) => {
    await shutFailureGate(tx);
    await lockGroups(tx, [id, into]);
    if ((await findFailure(tx, id)).mergedInto === into) return;
    const source = await lockGroup(tx, id);
    const target = await lockGroup(tx, into);
    await lockGroupFiles(tx, [id, into]);
    await moveFiles(tx, id, into);
    await moveRest(tx, id, into);
    await recountGroup(tx, into);
    await recountProjects(tx, id);
    const now = clock.now();
    await tx.delete(failureGroupHours).where(eq(failureGroupHours.groupId, id));
    await tx
      .update(failureGroups)
      .set({
        mergedInto: into,
        mergedAt: now,
        failures: 0,
        files: 0,
        standing: 0,
        attempts: 0,
        wastedNanoUsd: 0n,
      })
      .where(eq(failureGroups.id, id));
    // An ignored group waits for a count; what came by the merge is not what it waits for.
    if (target.ignoredToFailures !== null)
      await tx
        .update(failureGroups)
        .set({ ignoredToFailures: target.ignoredToFailures + source.failures })
        .where(eq(failureGroups.id, into));
    const entry = { action: "failure.merge", fileId: null, idempotencyKey: null } as const;
    const facts = {
      request: { groupId: id, into },
      before: { failures: source.failures, files: source.files, intoFailures: target.failures },
      after: { intoFailures: target.failures + source.failures },
    };
    await recordAudit(tx, { ...entry, ...facts, actor, reason }, now);
  });
}

/** A file that both have is one file; how often in a row it failed is said by one of the two rows, the other has 0. */
async function moveFiles(tx: Db, id: string, into: string): Promise<void> {
  await tx.execute(sql`
    with both_have as (
      delete from ${failureGroupFiles} gone using ${failureGroupFiles} kept
      where gone.group_id = ${id} and kept.group_id = ${into} and kept.file_id = gone.file_id
      returning gone.file_id, gone.times, gone.standing, gone.last_failed_at)
    update ${failureGroupFiles} kept set
      times = kept.times + both_have.times, standing = kept.standing or both_have.standing,
      last_failed_at = greatest(kept.last_failed_at, both_have.last_failed_at)
    from both_have where kept.group_id = ${into} and kept.file_id = both_have.file_id`);
  await tx.update(failureGroupFiles).set({ groupId: into }).where(eq(failureGroupFiles.groupId, id));
}

async function moveRest(tx: Db, id: string, into: string): Promise<void> {
  const groupId = { groupId: into };
  await tx.update(failures).set(groupId).where(eq(failures.groupId, id));
  await tx.update(failureNotes).set(groupId).where(eq(failureNotes.groupId, id));
  await tx.update(failureFingerprints).set(groupId).where(eq(failureFingerprints.groupId, id));
  await tx.update(failureSplits).set(groupId).where(eq(failureSplits.groupId, id));
  await tx.update(failureGroups).set({ mergedInto: into }).where(eq(failureGroups.mergedInto, id));
}
