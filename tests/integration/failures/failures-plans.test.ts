import { afterAll, beforeAll, expect, test } from "vitest";
import type { Db } from "../../../src/db/client.ts";
import { openIgnored } from "../../../src/jobs/failures/open-ignored.ts";
import { systemClock } from "../../../src/kernel/clock.ts";
import { compareGroup } from "../../../src/triage/failures/compare-group.ts";
import { getFailure } from "../../../src/triage/failures/get-failure.ts";
import { listFailedFiles } from "../../../src/triage/failures/list-failed-files.ts";
import { listFailures } from "../../../src/triage/failures/list-failures.ts";
import { listNotes } from "../../../src/triage/failures/notes/list-notes.ts";
import { indexesOf, plansOf, relationsOf, rowsTouched } from "../../support/plans.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";
import { largestGroup, seedFailures } from "../../support/seed-failures.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await seedFailures(database.db, 20_000);
}, 300_000);
afterAll(() => database.drop());

const plans = (work: (db: Db) => Promise<unknown>) => plansOf(database.pool, work);
const page = { limit: 50, cursor: null } as const;
const clock = systemClock;

test.each([
  ["p2", 500],
  ["p-rare", 50],
])("groups of the project %s are read without looking at files, and at few rows", async (project, most) => {
  const input = { ...page, sort: "last-seen", project } as const;
  expect((await listFailures({ db: database.db, clock }, input)).items.length).toBeGreaterThan(0);
  const nodes = await plans((db) => listFailures({ db, clock }, input));
  expect(relationsOf(nodes)).not.toContain("failure_group_files");
  expect(rowsTouched(nodes)).toBeLessThan(most);
});

test("one group costs the same however many failures and files it has", async () => {
  const nodes = await plans((db) => getFailure({ db, clock }, largestGroup));
  expect(relationsOf(nodes)).not.toContain("failure_group_files");
  expect(relationsOf(nodes)).not.toContain("failures");
  expect(rowsTouched(nodes)).toBeLessThan(1000);
});

test.each([
  { attribute: "type", value: "text/plain" },
  { attribute: "graph", value: "1" },
  { attribute: "model", value: "a-model" },
] as const)("files that have a frequent trait ($attribute) are read from the newest on", async (trait) => {
  const input = { ...page, groupId: largestGroup, trait };
  expect((await listFailedFiles({ db: database.db }, input)).items).toHaveLength(50);
  expect(rowsTouched(await plans((db) => listFailedFiles({ db }, input)))).toBeLessThan(2000);
});

test("groups whose time of being ignored is over are found by their index", async () => {
  const nodes = await plans((db) => openIgnored({ db, clock }));
  expect(indexesOf(nodes)).toEqual(["failure_groups_ignored_until"]);
  expect(rowsTouched(nodes)).toBe(0);
});

test("notes are read from their index", async () => {
  const nodes = await plans((db) => listNotes({ db }, { ...page, limit: 5, groupId: "group_3" }));
  expect(rowsTouched(nodes)).toBeLessThan(20);
});

test("the comparison looks at the newest files of each kind alone", async () => {
  const nodes = await plans((db) => compareGroup({ db }, largestGroup));
  const files = nodes.filter((node) => node["Relation Name"] === "failure_group_files");
  expect(rowsTouched(files)).toBeLessThanOrEqual(2001);
});
