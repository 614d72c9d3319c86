import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEntries } from "../../../src/db/schema/audit.ts";
import { failureNotes } from "../../../src/db/schema/failures.ts";
import { getFailure } from "../../../src/triage/failures/get-failure.ts";
import { listFailures } from "../../../src/triage/failures/list-failures.ts";
import { addNote } from "../../../src/triage/failures/notes/add-note.ts";
import { listNotes } from "../../../src/triage/failures/notes/list-notes.ts";
import { mergeFailures } from "../../../src/triage/failures/regroup/merge-failures.ts";
import { previewSplit } from "../../../src/triage/failures/regroup/preview-split.ts";
import { splitFailure } from "../../../src/triage/failures/regroup/split-failure.ts";
import { setFailureState } from "../../../src/triage/failures/set-failure-state.ts";
import { startFailureGroups } from "../../support/failure-groups.ts";

let groups: Awaited<ReturnType<typeof startFailureGroups>>;
beforeAll(async () => {
  groups = await startFailureGroups(40);
});
afterAll(() => groups.database.drop());

const merge = (id: string, into: string) =>
  mergeFailures(groups.triage, { id, into, actor: groups.actor, reason: "the same cause" });
const split = (id: string, contains: string) =>
  splitFailure(groups.triage, { id, contains, actor: groups.actor });
const get = (id: string) => getFailure(groups.triage, id);

test("a merge moves all once, future failures go to the group that stays, and the other says where it went", async () => {
  await groups.fail(1, "The road is closed.");
  await groups.fail(2, "The road is closed.");
  await groups.fail(2, "The way is shut.");
  await groups.fail(3, "The way is shut.");
  await groups.fail(3, "The way is shut.");
  const road = await groups.groupOf("The road is closed.");
  const way = await groups.groupOf("The way is shut.");
  await addNote(groups.triage, { id: way, text: "Seen before.", actor: groups.actor });
  await merge(way, road);
  await groups.expectSums(5);
  expect(await get(road)).toMatchObject({ failures: 5, files: 3, standing: 3, mergedInto: null });
  expect(await get(road)).toMatchObject({ message: "The way is shut." });
  expect(await get(way)).toMatchObject({ failures: 0, files: 0, mergedInto: { id: road } });
  expect(await groups.standingOf(2)).toEqual([{ group_id: road, times: 1, standing: true }]);
  expect(await groups.standingOf(3)).toEqual([{ group_id: road, times: 2, standing: true }]);
  const page = { sort: "last-seen", limit: 50, cursor: null } as const;
  expect((await listFailures(groups.triage, page)).items.map(({ id }) => id)).toEqual([road]);
  expect((await listNotes(groups.triage, { groupId: road, limit: 50, cursor: null })).items).toMatchObject([
    { text: "Seen before.", keyName: "admin" },
  ]);
  await groups.fail(4, "The way is shut.");
  await groups.fail(1, "The way is shut.");
  expect(await groups.groupOf("The way is shut.")).toBe(road);
  expect(await groups.standingOf(1)).toEqual([{ group_id: road, times: 2, standing: true }]);
  await groups.expectSums(7);
});

test("a merge that is asked for again changes nothing and is one entry of the audit log", async () => {
  const road = await groups.groupOf("The way is shut.");
  const [{ id: way } = { id: "" }] = await groups.rows(
    sql`select id from failure_groups where merged_into = ${road}`,
  );
  await merge(String(way), road);
  const { db } = groups.database;
  const entries = await db.select().from(auditEntries).where(eq(auditEntries.action, "failure.merge"));
  expect(entries).toMatchObject([
    {
      request: { groupId: way, into: road },
      before: { failures: 3, intoFailures: 2 },
      after: { intoFailures: 5 },
      reason: "the same cause",
    },
  ]);
});

test("nothing is done with a group that was merged, with itself or with one that is not there", async () => {
  const road = await groups.groupOf("The way is shut.");
  const [row] = await groups.rows(sql`select id from failure_groups where merged_into = ${road}`);
  const way = String(row?.id);
  const { triage, actor } = groups;
  await groups.fail(5, "Something else.");
  const other = await groups.groupOf("Something else.");
  await expect(merge(way, other)).rejects.toMatchObject({ code: "failure_merged", details: { into: road } });
  await expect(merge(other, way)).rejects.toMatchObject({ code: "failure_merged" });
  await expect(split(way, "road")).rejects.toMatchObject({ code: "failure_merged" });
  await expect(addNote(triage, { id: way, text: "x", actor })).rejects.toMatchObject({
    code: "failure_merged",
  });
  const change = { state: "open" } as const;
  await expect(setFailureState(triage, { id: way, change, actor })).rejects.toMatchObject({
    code: "failure_merged",
  });
  await expect(merge(road, road)).rejects.toMatchObject({ code: "malformed_request" });
  await expect(merge(road, "group_0")).rejects.toMatchObject({ code: "failure_not_found" });
  await groups.expectSums(8);
});

test("a chain of merges leads to the last group, which an ignored count does not open by itself", async () => {
  const road = await groups.groupOf("The way is shut.");
  const other = await groups.groupOf("Something else.");
  const change = { state: "ignored", failures: 3 } as const;
  await setFailureState(groups.triage, { id: other, change, actor: groups.actor });
  await merge(road, other);
  expect(await get(road)).toMatchObject({ mergedInto: { id: other } });
  const merged = await groups.rows(sql`select id from failure_groups where merged_into = ${other}`);
  expect(merged).toHaveLength(2);
  expect(await get(other)).toMatchObject({ state: "ignored", failures: 8, ignored: { untilFailures: 3 } });
  await groups.fail(6, "The road is closed.");
  expect(await get(other)).toMatchObject({ failures: 9, ignored: { untilFailures: 2 } });
});

test("a split moves the failures that have the part with their files, and those that come", async () => {
  await groups.fail(11, 'Cannot read "tunnel north".');
  await groups.fail(12, 'Cannot read "tunnel south".');
  await groups.fail(12, 'Cannot read "bridge".');
  await groups.fail(13, 'Cannot read "bridge".');
  await groups.fail(14, 'Cannot read "bridge".');
  await groups.fail(14, 'Cannot read "tunnel north".');
  await groups.fail(14, 'Cannot read "tunnel north".');
  const all = await groups.groupOf('Cannot read "bridge".');
  expect(await previewSplit(groups.triage, { id: all, contains: "tunnel" })).toEqual({
    moving: {
      ...{ failures: 4, files: 3 },
      sentences: ['Cannot read "tunnel north".', 'Cannot read "tunnel south".'],
    },
    staying: { failures: 3, files: 3, sentences: ['Cannot read "bridge".'] },
  });
  const tunnels = await split(all, "tunnel");
  await groups.expectSums(16);
  expect(await get(all)).toMatchObject({ failures: 3, files: 3, standing: 2, splitOffBy: [] });
  expect(await get(tunnels)).toMatchObject({
    ...{ state: "open", step: "embed", failures: 4, files: 3, standing: 2, splitOffBy: ["tunnel"] },
    message: 'Cannot read "tunnel north".',
  });
  const standings = async (file: number) =>
    Object.fromEntries(
      (await groups.standingOf(file)).map(({ group_id, ...row }) => [String(group_id), row]),
    );
  expect(await standings(11)).toEqual({ [tunnels]: { times: 1, standing: true } });
  expect(await standings(12)).toEqual({
    [all]: { times: 1, standing: true },
    [tunnels]: { times: 0, standing: false },
  });
  expect(await standings(14)).toEqual({
    [all]: { times: 0, standing: false },
    [tunnels]: { times: 2, standing: true },
  });
  await groups.fail(15, 'Cannot read "tunnel west".');
  await groups.fail(15, 'Cannot read "ferry".');
  expect(await groups.groupOf('Cannot read "tunnel west".')).toBe(tunnels);
  expect(await groups.groupOf('Cannot read "ferry".')).toBe(all);
});

test("a split of what was split off learns within it, and a merge back keeps both apart no longer", async () => {
  const all = await groups.groupOf('Cannot read "bridge".');
  const tunnels = await groups.groupOf('Cannot read "tunnel west".');
  const north = await split(tunnels, "north");
  await groups.fail(16, 'Cannot read "tunnel north".');
  await groups.fail(17, 'Cannot read "north ferry".');
  expect(await groups.groupOf('Cannot read "tunnel north".')).toBe(north);
  expect(await groups.groupOf('Cannot read "north ferry".')).toBe(all);
  await merge(tunnels, all);
  await groups.fail(18, 'Cannot read "tunnel east".');
  await groups.fail(18, 'Cannot read "tunnel north".');
  expect(await groups.groupOf('Cannot read "tunnel east".')).toBe(all);
  expect(await groups.groupOf('Cannot read "tunnel north".')).toBe(north);
  await groups.expectSums(22);
});

test("a split that would leave a side empty is refused, and changes nothing", async () => {
  const all = await groups.groupOf('Cannot read "bridge".');
  await expect(split(all, "Cannot")).rejects.toMatchObject({ code: "failure_not_split" });
  await expect(split(all, "no such part")).rejects.toMatchObject({
    code: "failure_not_split",
    details: { matching: 0 },
  });
  await groups.expectSums(22);
  const { db } = groups.database;
  const entries = await db.select().from(auditEntries).where(eq(auditEntries.action, "failure.split"));
  expect(entries.map(({ request }) => request.contains).sort()).toEqual(["north", "tunnel"]);
});

test("notes are read newest first, page by page, and are in the audit log by their ids", async () => {
  const id = await groups.groupOf('Cannot read "bridge".');
  for (const text of ["one", "two", "three"]) {
    groups.clock.advance(1000);
    await addNote(groups.triage, { id, text, actor: groups.actor });
  }
  const first = await listNotes(groups.triage, { groupId: id, limit: 2, cursor: null });
  expect(first.items.map(({ text }) => text)).toEqual(["three", "two"]);
  const second = await listNotes(groups.triage, { groupId: id, limit: 2, cursor: first.nextCursor });
  expect(second).toMatchObject({ items: [{ text: "one" }], nextCursor: null });
  const { db } = groups.database;
  const entries = await db.select().from(auditEntries).where(eq(auditEntries.action, "failure.note"));
  const kept = await db.select().from(failureNotes);
  expect(new Set(entries.map(({ request }) => request.noteId))).toEqual(new Set(kept.map((note) => note.id)));
});

test("failures, requeues, successes, merges and splits at once lose and double nothing", async () => {
  const sentences = [
    'Lost "a cat" on the way.',
    'Lost "a dog" on the way.',
    "Found nothing.",
    "Found too much.",
  ];
  for (const sentence of sentences) await groups.fail(20, sentence);
  const ids = await Promise.all(sentences.map((sentence) => groups.groupOf(sentence)));
  const [lost = "", , nothing = "", much = ""] = ids;
  const before = 26;
  const files = Array.from({ length: 20 }, (_, at) => 21 + at);
  const filing = (turn: number) =>
    files.map((file) => groups.fail(file, sentences[(file + turn) % sentences.length] ?? ""));
  await Promise.all(filing(0));
  await Promise.all([
    ...filing(1),
    merge(nothing, much),
    split(lost, "a dog"),
    ...files.map((file) => groups.requeue(file)),
    ...files.map((file) => groups.succeed(file)),
  ]);
  await Promise.all([...filing(2), merge(much, lost)]);
  await groups.expectSums(before + 60);
  expect(await groups.groupOf("Found nothing.")).toBe(lost);
  expect(await groups.groupOf('Lost "a dog" on the way.')).not.toBe(lost);
});
