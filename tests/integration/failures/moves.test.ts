import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Db } from "../../../src/db/client.ts";
import { shutFailureGate } from "../../../src/jobs/failures/failure-gate.ts";
import { carryOnMoves } from "../../../src/jobs/failures/moves/finish-moves.ts";
import { moveTurn } from "../../../src/jobs/failures/moves/move-turn.ts";
import { beginMerge, mergeFailures } from "../../../src/triage/failures/regroup/merge-failures.ts";
import { beginSplit, splitFailure } from "../../../src/triage/failures/regroup/split-failure.ts";
import { startFailureGroups } from "../../support/failure-groups.ts";

/** More than are moved in one turn. */
const files = 300;
const cat = "Lost a cat.";
const nothing = "Found nothing.";

let groups: Awaited<ReturnType<typeof startFailureGroups>>;
let cats: string;
let nothings: string;
let filed = 0;
beforeAll(async () => {
  groups = await startFailureGroups(files + 1);
  await Promise.all(Array.from({ length: files }, (_, at) => fail(at + 1, cat)));
  await fail(files + 1, nothing);
  cats = await groups.groupOf(cat);
  nothings = await groups.groupOf(nothing);
});
afterAll(() => groups.database.drop());

async function fail(file: number, message: string): Promise<void> {
  filed += 1;
  await groups.fail(file, message);
}

/** Begins a merge or a split and stops there, as a crash would. */
function beginAlone<Begun>(begin: (tx: Db, now: Date) => Promise<Begun>): Promise<Begun> {
  return groups.database.db.transaction(async (tx) => {
    await shutFailureGate(tx);
    return begin(tx, groups.clock.now());
  });
}

/** Some files that have not moved yet, and some that have. */
async function someOf(groupId: string): Promise<[number, number, number]> {
  const found = await groups.rows(sql`select substr(file_id, 6)::int as n from failure_group_files
    where group_id = ${groupId} order by file_id limit 3`);
  return z.tuple([z.number(), z.number(), z.number()]).parse(found.map(({ n }) => n));
}

/** Two who carry on at once, as two ticks may. */
async function carryOn(): Promise<void> {
  await Promise.all([carryOnMoves(groups.triage, 60_000), carryOnMoves(groups.triage, 60_000)]);
  expect(await groups.rows(sql`select * from failure_moves`)).toEqual([]);
  await groups.expectSums(filed);
}

test("a merge that stopped between two turns is carried on, and what came meanwhile counts on", async () => {
  const { db } = groups.database;
  await beginAlone((tx, now) => beginMerge(tx, { id: cats, into: nothings, actor: groups.actor }, now));
  expect(await moveTurn(db, cats)).toBe(true);
  const [waiting, requeued, succeeded] = await someOf(cats);
  const [moved] = await someOf(nothings);
  await fail(waiting, cat);
  await fail(moved, cat);
  await groups.requeue(requeued);
  await groups.succeed(succeeded);
  await carryOn();
  const here = { group_id: nothings, standing: true };
  expect(await groups.standingOf(waiting)).toEqual([{ ...here, times: 2 }]);
  expect(await groups.standingOf(moved)).toEqual([{ ...here, times: 2 }]);
  expect(await groups.standingOf(requeued)).toEqual([{ ...here, times: 1, standing: false }]);
  expect(await groups.standingOf(succeeded)).toEqual([{ ...here, times: 0 }]);
  expect(await groups.groupOf(cat)).toBe(nothings);
});

test("a split that stopped between two turns is carried on, and what came meanwhile counts on", async () => {
  const { db } = groups.database;
  const split = { id: nothings, contains: "cat", actor: groups.actor };
  const into = await beginAlone((tx, now) => beginSplit(tx, split, now));
  const moving = await someOf(nothings);
  expect(await moveTurn(db, nothings)).toBe(true);
  const found = await groups.rows(sql`select substr(file_id, 6)::int as n from failure_group_files
    where group_id = ${nothings} and file_id > (select after_file_id from failure_moves) limit 2`);
  const [again, otherwise] = z.tuple([z.number(), z.number()]).parse(found.map(({ n }) => n));
  const before = await groups.standingOf(again);
  await fail(again, cat);
  await fail(otherwise, nothing);
  // One that has moved fails in the other way, and one in both ways.
  await fail(moving[0], nothing);
  await fail(moving[1], nothing);
  await fail(moving[1], cat);
  await carryOn();
  const times = z.number().parse(before[0]?.times) + 1;
  expect(await groups.standingOf(again)).toEqual([{ group_id: into, times, standing: true }]);
  const sideOf = async (file: number, groupId: string) =>
    (await groups.standingOf(file)).find((row) => row.group_id === groupId);
  for (const file of [otherwise, moving[0]]) {
    expect(await sideOf(file, nothings)).toMatchObject({ times: 1, standing: true });
    expect(await sideOf(file, into)).toMatchObject({ times: 0, standing: false });
  }
  expect(await sideOf(moving[1], into)).toMatchObject({ times: 1, standing: true });
  expect(await sideOf(moving[1], nothings)).toMatchObject({ times: 0, standing: false });
  expect(await groups.groupOf(cat)).toBe(into);
});

test("what is asked of groups that are still moving is done after it", async () => {
  const parts = await groups.groupOf(cat);
  const { actor } = groups;
  await beginAlone((tx, now) => beginMerge(tx, { id: parts, into: nothings, actor }, now));
  const [apart] = await Promise.all([
    splitFailure(groups.triage, { id: nothings, contains: "cat", actor }),
    mergeFailures(groups.triage, { id: parts, into: nothings, actor }),
    fail(1, cat),
  ]);
  await groups.expectSums(filed);
  expect(await groups.groupOf(cat)).toBe(apart);
  expect(await groups.groupOf(nothing)).toBe(nothings);
});
