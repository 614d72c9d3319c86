import { and, eq, ne, not, sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import {
  failureGroupFiles,
  failureGroupHours,
  failureGroupProjects,
  failureGroups,
  failureMoves,
  failures,
} from "../../db/schema/failures.ts";
import { files } from "../../db/schema/files.ts";
import { attempts } from "../../db/schema/steps.ts";
import { deriveId } from "../../kernel/ids.ts";
import type { FailureFacts } from "../fingerprint.ts";
import { fingerprinters } from "../fingerprinters.ts";
import type { RunFacts } from "../run-facts.ts";
import { leaveGroups, lockGroups } from "./end-standing.ts";
import { passFailureGate } from "./failure-gate.ts";
import { findGroup } from "./find-group.ts";
import { stateAfter } from "./state-after.ts";

/** A step's dispatch that failed its run. */
export interface FailedDispatch {
  readonly run: Pick<RunFacts, "runId" | "fileId" | "round" | "graphVersion">;
  readonly stepId: string;
  readonly dispatch: number;
  readonly facts: FailureFacts;
  /** The deployment that files it: what a failure is held against of which no attempt had started. */
  readonly filedBy: string;
}

/**
 * Files a failure that failed a run under its group, in the failure's own transaction, under the run's lock and as
 * its last act: all failures of a kind wait for the one row of their group. The same dispatch twice is filed once.
 * @param makers of fingerprints, the newest version first
 */
export async function fileFailure(
  tx: Db,
  failed: FailedDispatch,
  now: Date,
  makers = fingerprinters,
): Promise<void> {
  const { run, stepId, dispatch, facts, filedBy } = failed;
  const { runId, fileId, round, graphVersion } = run;
  const { code, message } = facts;
  await passFailureGate(tx);
  const groupId = await findGroup(tx, facts, makers, now);
  const { deployment, startedAt, ...spent } = await spentOn(tx, stepId, round);
  const id = deriveId("fail", stepId, dispatch);
  const place = { id, groupId, fileId, runId, stepId, round };
  const filed = await tx
    .insert(failures)
    .values({ ...place, code, message, deployment, graphVersion, ...spent, at: now })
    .onConflictDoNothing()
    .returning({ id: failures.id });
  if (filed.length === 0) return;
  const isNew = await noteFile(tx, groupId, fileId, now);
  if (isNew) await noteProject(tx, groupId, fileId);
  await tx
    .update(failureGroups)
    .set({
      message,
      ...stateAfter({ deployment: deployment ?? filedBy, startedAt }, now),
      failures: sql`${failureGroups.failures} + 1`,
      files: isNew ? sql`${failureGroups.files} + 1` : sql`${failureGroups.files}`,
      standing: sql`${failureGroups.standing} + 1`,
      attempts: sql`${failureGroups.attempts} + ${spent.attempts}::integer`,
      wastedNanoUsd: sql`${failureGroups.wastedNanoUsd} + ${spent.wastedNanoUsd}::bigint`,
      // Of two at once, the one that looked at the clock first may come to the row last.
      firstSeenAt: sql`least(${failureGroups.firstSeenAt}, ${now.toISOString()}::timestamptz)`,
      lastSeenAt: sql`greatest(${failureGroups.lastSeenAt}, ${now.toISOString()}::timestamptz)`,
      graphVersions: sql`case when ${graphVersion}::integer = any(${failureGroups.graphVersions})
        then ${failureGroups.graphVersions}
        else array_append(${failureGroups.graphVersions}, ${graphVersion}::integer) end`,
      deployments: sql`case when ${deployment}::text is null or ${deployment}::text = any(${failureGroups.deployments})
        then ${failureGroups.deployments}
        else array_append(${failureGroups.deployments}, ${deployment}::text) end`,
    })
    .where(eq(failureGroups.id, groupId));
  // After the group's row, which some have locked already: all lock the two in this order.
  await countHour(tx, groupId, now);
}

/** What the step's attempts of this round came to. */
async function spentOn(tx: Db, stepId: string, round: number) {
  const made = await tx
    .select({
      number: attempts.number,
      cost: attempts.costNanoUsd,
      deployment: attempts.deployment,
      startedAt: attempts.startedAt,
    })
    .from(attempts)
    .where(and(eq(attempts.stepId, stepId), eq(attempts.round, round)))
    .orderBy(attempts.number);
  return {
    attempts: made.length,
    wastedNanoUsd: made.reduce((sum, { cost }) => sum + cost, 0n),
    deployment: made.at(-1)?.deployment ?? null,
    startedAt: made.at(-1)?.startedAt ?? null,
  };
}

/** The file stands failed by this group, and by no other. @returns whether it is new to the group */
async function noteFile(tx: Db, groupId: string, fileId: string, now: Date): Promise<boolean> {
  // A row that is still to move into this group counts on: its number is added when it does.
  const moving = sql`${failureGroupFiles.groupId} in (select from_group_id from ${failureMoves}
    where into_group_id = ${groupId} and after_file_id < ${fileId})`;
  const others = and(
    eq(failureGroupFiles.fileId, fileId),
    ne(failureGroupFiles.groupId, groupId),
    not(moving),
  );
  const met = await tx
    .update(failureGroupFiles)
    .set({ times: 0 })
    .where(others)
    .returning({ groupId: failureGroupFiles.groupId, standing: failureGroupFiles.standing });
  const left = met.filter(({ standing }) => standing).map((row) => row.groupId);
  // Of several groups' rows, all are locked in the order of their ids before the first is changed.
  if (left.length > 0) await lockGroups(tx, [...left, groupId]);
  await leaveGroups(tx, [fileId]);
  const [row] = await tx
    .insert(failureGroupFiles)
    .values({ groupId, fileId, times: 1, standing: true, lastFailedAt: now })
    .onConflictDoUpdate({
      target: [failureGroupFiles.groupId, failureGroupFiles.fileId],
      set: { times: sql`${failureGroupFiles.times} + 1`, standing: true, lastFailedAt: now },
    })
    .returning({ isNew: sql<boolean>`xmax = 0` });
  return row?.isNew === true;
}

async function noteProject(tx: Db, groupId: string, fileId: string): Promise<void> {
  await tx.execute(sql`
    insert into ${failureGroupProjects} (project_id, group_id)
    select project_id, ${groupId}::text from ${files} where ${files.id} = ${fileId} on conflict do nothing`);
}

async function countHour(tx: Db, groupId: string, now: Date): Promise<void> {
  const hour = new Date(Math.floor(now.getTime() / 3_600_000) * 3_600_000);
  await tx
    .insert(failureGroupHours)
    .values({ groupId, hour, failures: 1 })
    .onConflictDoUpdate({
      target: [failureGroupHours.groupId, failureGroupHours.hour],
      set: { failures: sql`${failureGroupHours.failures} + 1` },
    });
}
