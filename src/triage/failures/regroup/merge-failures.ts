import { eq, sql } from "drizzle-orm";
import type { Db } from "../../../db/client.ts";
import {
  failureFingerprints,
  failureGroupProjects,
  failureGroups,
  failureMoves,
  failureNotes,
  failureSplits,
} from "../../../db/schema/failures.ts";
import { lockGroups } from "../../../jobs/failures/end-standing.ts";
import { WaybillError } from "../../../kernel/errors.ts";
import type { TriageContext } from "../../context.ts";
import { type Actor, recordAudit } from "../../record-audit.ts";
import { findFailure } from "../find-failure.ts";
import { lockGroup } from "../lock-group.ts";
import { regroup } from "./regroup.ts";

type Group = typeof failureGroups.$inferSelect;

/** Which group goes into which, and why. */
export interface Merge {
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
  merge: Merge,
): Promise<void> {
  const { id, into } = merge;
  if (id === into)
    throw new WaybillError("malformed_request", {
      message: "A group cannot be merged into itself.",
      details: { into: "the same" },
    });
  await regroup(db, [id, into], (tx) => beginMerge(tx, merge, clock.now()));
}

/** Leads all that comes to the group that stays, and orders the move of what is there. Behind the shut gate. */
export async function beginMerge(
  tx: Db,
  { id, into, reason = null, actor }: Merge,
  now: Date,
): Promise<void> {
  await lockGroups(tx, [id, into]);
  if ((await findFailure(tx, id)).mergedInto === into) return;
  const source = await lockGroup(tx, id);
  const target = await lockGroup(tx, into);
  await lead(tx, id, into);
  await tx.update(failureGroups).set({ mergedInto: into, mergedAt: now }).where(eq(failureGroups.id, id));
  await tx.update(failureGroups).set(toldOf(source, target)).where(eq(failureGroups.id, into));
  await tx.insert(failureMoves).values({ fromGroupId: id, intoGroupId: into });
  const entry = { action: "failure.merge", fileId: null, idempotencyKey: null } as const;
  const facts = {
    request: { groupId: id, into },
    before: { failures: source.failures, files: source.files, intoFailures: target.failures },
    after: { intoFailures: target.failures + source.failures },
  };
  await recordAudit(tx, { ...entry, ...facts, actor, reason }, now);
}

/** What was said of one group is said of the other. */
async function lead(tx: Db, id: string, into: string): Promise<void> {
  const groupId = { groupId: into };
  await tx.update(failureNotes).set(groupId).where(eq(failureNotes.groupId, id));
  await tx.update(failureFingerprints).set(groupId).where(eq(failureFingerprints.groupId, id));
  await tx.update(failureSplits).set(groupId).where(eq(failureSplits.groupId, id));
  await tx.update(failureGroups).set({ mergedInto: into }).where(eq(failureGroups.mergedInto, id));
  await tx.execute(sql`
    insert into ${failureGroupProjects} (project_id, group_id)
    select project_id, ${into}::text from ${failureGroupProjects} where group_id = ${id} on conflict do nothing`);
  await tx.delete(failureGroupProjects).where(eq(failureGroupProjects.groupId, id));
}

/** What the group that stays says besides its sums. */
function toldOf(source: Group, target: Group) {
  const [earlier, later] =
    source.firstSeenAt < target.firstSeenAt ? ([source, target] as const) : ([target, source] as const);
  const newest = source.lastSeenAt > target.lastSeenAt ? source : target;
  return {
    message: newest.message,
    firstSeenAt: earlier.firstSeenAt,
    lastSeenAt: newest.lastSeenAt,
    graphVersions: [...new Set([...earlier.graphVersions, ...later.graphVersions])],
    deployments: [...new Set([...earlier.deployments, ...later.deployments])],
  };
}
