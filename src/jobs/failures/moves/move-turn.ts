import { and, asc, eq, gt, inArray, or, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../../db/client.ts";
import {
  failureGroupFiles,
  failureGroupHours,
  failureGroups,
  failureMoves,
  failures,
} from "../../../db/schema/failures.ts";
import { lockGroups } from "../end-standing.ts";
import { shutFailureGate } from "../failure-gate.ts";
import { mergeFiles } from "./merge-files.ts";
import type { Move } from "./move.ts";
import { retell } from "./retell.ts";
import { splitFiles } from "./split-files.ts";

/** How many files are moved in one turn: failures that come meanwhile wait for a turn, not for the whole. */
const filesATurn = 250;

/**
 * Moves the failures of the next files of a group into the other one, with their share of the sums, as a merge or a
 * split has ordered it; ends the move after the last. Of two who do it at once each does turns of its own.
 * @returns whether there may be more to move
 */
export function moveTurn(db: Db, fromGroupId: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    await shutFailureGate(tx);
    const [move] = await tx.select().from(failureMoves).where(eq(failureMoves.fromGroupId, fromGroupId));
    if (move === undefined) return false;
    await lockGroups(tx, [move.fromGroupId, move.intoGroupId]);
    const fileIds = await nextFiles(tx, move);
    const last = fileIds.at(-1);
    if (last === undefined) {
      await end(tx, move);
      return false;
    }
    await lockFiles(tx, move, fileIds);
    const before = await countFiles(tx, move, fileIds);
    const moved = await moveFailures(tx, move, fileIds);
    await (move.contains === null ? mergeFiles(tx, move, fileIds) : splitFiles(tx, move, fileIds));
    const after = await countFiles(tx, move, fileIds);
    await addSums(tx, move.fromGroupId, moved, -1, difference(before.from, after.from));
    await addSums(tx, move.intoGroupId, moved, 1, difference(before.into, after.into));
    await tx.update(failureMoves).set({ afterFileId: last }).where(eq(failureMoves.fromGroupId, fromGroupId));
    return true;
  });
}

async function nextFiles(tx: Db, { fromGroupId, afterFileId }: Move): Promise<string[]> {
  const { groupId, fileId } = failureGroupFiles;
  const next = await tx
    .select({ fileId })
    .from(failureGroupFiles)
    .where(and(eq(groupId, fromGroupId), gt(fileId, afterFileId)))
    .orderBy(asc(fileId))
    .limit(filesATurn);
  return next.map((row) => row.fileId);
}

function ofBoth({ fromGroupId, intoGroupId }: Move, fileIds: readonly string[]) {
  const { groupId, fileId } = failureGroupFiles;
  return and(or(eq(groupId, fromGroupId), eq(groupId, intoGroupId)), inArray(fileId, [...fileIds]));
}

/** In the order in which one who ends a file's row locks them without the gate, so that neither waits for the other. */
async function lockFiles(tx: Db, move: Move, fileIds: readonly string[]): Promise<void> {
  const { groupId, fileId } = failureGroupFiles;
  await tx
    .select({ fileId })
    .from(failureGroupFiles)
    .where(ofBoth(move, fileIds))
    .orderBy(asc(fileId), asc(groupId))
    .for("update");
}

/** How many of these files a group has, and how many of them stand failed by it. */
interface FileCount {
  readonly files: number;
  readonly standing: number;
}

async function countFiles(tx: Db, move: Move, fileIds: readonly string[]) {
  const { groupId, standing } = failureGroupFiles;
  const rows = await tx
    .select({
      groupId,
      files: sql<number>`count(*)::int`,
      standing: sql<number>`(count(*) filter (where ${standing}))::int`,
    })
    .from(failureGroupFiles)
    .where(ofBoth(move, fileIds))
    .groupBy(groupId);
  const of = (id: string): FileCount => rows.find((row) => row.groupId === id) ?? { files: 0, standing: 0 };
  return { from: of(move.fromGroupId), into: of(move.intoGroupId) };
}

function difference(before: FileCount, after: FileCount): FileCount {
  return { files: after.files - before.files, standing: after.standing - before.standing };
}

const movedSchema = z.object({ failures: z.number(), attempts: z.number(), wasted: z.string() });

/** Moves the failures' own rows and their counts by the hour. */
async function moveFailures(tx: Db, move: Move, fileIds: readonly string[]) {
  const { fromGroupId: from, intoGroupId: into, contains } = move;
  const only = contains === null ? sql`` : sql`and strpos(message, ${contains}) > 0`;
  const { rows } = await tx.execute(sql`
    with moved as (
      update ${failures} set group_id = ${into}
      where group_id = ${from} and file_id = any(${sql.param([...fileIds])}::text[]) ${only}
      returning at, attempts, wasted_nano_usd),
    counted as (select date_trunc('hour', at, 'UTC') as hour, count(*)::int as failures from moved group by 1),
    taken as (
      update ${failureGroupHours} hours set failures = hours.failures - counted.failures
      from counted where hours.group_id = ${from} and hours.hour = counted.hour),
    given as (
      insert into ${failureGroupHours} as hours (group_id, hour, failures)
      select ${into}::text, hour, failures from counted
      on conflict (group_id, hour) do update set failures = hours.failures + excluded.failures)
    select count(*)::int as failures, coalesce(sum(attempts), 0)::int as attempts,
           coalesce(sum(wasted_nano_usd), 0)::text as wasted from moved`);
  return movedSchema.parse(rows[0]);
}

async function addSums(
  tx: Db,
  groupId: string,
  moved: z.infer<typeof movedSchema>,
  sign: 1 | -1,
  { files, standing }: FileCount,
): Promise<void> {
  const { failures: count, attempts, wastedNanoUsd, ignoredToFailures } = failureGroups;
  const more = sign * moved.failures;
  await tx
    .update(failureGroups)
    .set({
      failures: sql`${count} + ${more}::integer`,
      attempts: sql`${attempts} + ${sign * moved.attempts}::integer`,
      wastedNanoUsd: sql`${wastedNanoUsd} + ${(BigInt(moved.wasted) * BigInt(sign)).toString()}::bigint`,
      files: sql`${failureGroups.files} + ${files}::integer`,
      standing: sql`${failureGroups.standing} + ${standing}::integer`,
      // What comes or goes by a move is not what an ignored group waits for.
      ignoredToFailures: sql`${ignoredToFailures} + ${more}::integer`,
    })
    .where(eq(failureGroups.id, groupId));
}

async function end(tx: Db, move: Move): Promise<void> {
  const { fromGroupId, intoGroupId, contains } = move;
  const empty = and(eq(failureGroupHours.groupId, fromGroupId), eq(failureGroupHours.failures, 0));
  await tx.delete(failureGroupHours).where(empty);
  if (contains !== null) {
    await retell(tx, fromGroupId);
    await retell(tx, intoGroupId);
  }
  await tx.delete(failureMoves).where(eq(failureMoves.fromGroupId, fromGroupId));
}
