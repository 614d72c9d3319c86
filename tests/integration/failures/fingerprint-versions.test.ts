import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fingerprintOf } from "../../../src/jobs/fingerprint.ts";
import { fingerprinters } from "../../../src/jobs/fingerprinters.ts";
import { mergeFailures } from "../../../src/triage/failures/regroup/merge-failures.ts";
import { splitFailure } from "../../../src/triage/failures/regroup/split-failure.ts";
import { startFailureGroups } from "../../support/failure-groups.ts";

const old = { version: 7, make: (facts: Parameters<typeof fingerprintOf>[0]) => fingerprintOf(facts) };
/** A finer one: the same words in another case are another failure. */
const exact = {
  version: 8,
  make: (facts: Parameters<typeof fingerprintOf>[0]) =>
    fingerprintOf(facts, (message) => `exactly ${message}`),
};
/** A coarser one: all sentences that begin with the same word. */
const coarse = {
  version: 9,
  make: (facts: Parameters<typeof fingerprintOf>[0]) =>
    fingerprintOf(facts, (message) => message.split(" ")[0] ?? ""),
};

let groups: Awaited<ReturnType<typeof startFailureGroups>>;
beforeAll(async () => {
  groups = await startFailureGroups(10);
});
afterAll(() => groups.database.drop());

test("a finer version goes on with the group of the older one, and makes new groups for what is new", async () => {
  await groups.fail(1, "Page 1 is lost.", [old]);
  const lost = await groups.groupOf("Page 1 is lost.");
  await groups.fail(2, "Page 2 is lost.", [exact, old]);
  await groups.fail(3, "Page 3 is lost.", [exact, old]);
  expect(await groups.groupOf("Page 2 is lost.")).toBe(lost);
  expect(await groups.groupOf("Page 3 is lost.")).toBe(lost);
  await groups.fail(4, "Another thing.", [exact, old]);
  expect(await groups.groupOf("Another thing.")).not.toBe(lost);
  // The older way may be dropped one day: what it knew is learned.
  await groups.fail(5, "Page 2 is lost.", [exact]);
  expect(await groups.groupOf("Page 2 is lost.")).toBe(lost);
  await groups.expectSums(5);
});

test("what was split is split in the newer version too, and what was merged leads where it went", async () => {
  const lost = await groups.groupOf("Page 1 is lost.");
  await groups.fail(1, "Page 7 is lost.", [old]);
  const seven = await splitFailure(groups.triage, { id: lost, contains: "7", actor: groups.actor });
  const inSeven = await splitFailure(groups.triage, { id: lost, contains: "3", actor: groups.actor });
  await groups.fail(6, "Page 71 is lost.", [exact, old]);
  expect(await groups.groupOf("Page 71 is lost.")).toBe(seven);
  await groups.fail(6, "Page 31 is lost.", [exact, old]);
  expect(await groups.groupOf("Page 31 is lost.")).toBe(inSeven);
  await mergeFailures(groups.triage, { id: seven, into: inSeven, actor: groups.actor });
  await groups.fail(7, "Page 72 is lost.", [exact, old]);
  expect(await groups.groupOf("Page 72 is lost.")).toBe(inSeven);
  await groups.expectSums(9);
});

test("a coarser version lets groups grow together from the first failure on, and moves nothing", async () => {
  const lost = await groups.groupOf("Page 1 is lost.");
  const before = await groups.rows(sql`select count(*)::int as groups from failure_groups`);
  await groups.fail(8, "Page 1 is lost.", [coarse, exact, old]);
  await groups.fail(9, "Page four is blank.", [coarse, exact, old]);
  expect(await groups.groupOf("Page four is blank.")).toBe(lost);
  expect(await groups.rows(sql`select count(*)::int as groups from failure_groups`)).toEqual(before);
});

test("two who learn the same fingerprint at once learn it once", async () => {
  await groups.fail(1, "Two at once.", [old]);
  const id = await groups.groupOf("Two at once.");
  await groups.fail(2, "Not two at once 5.", [old]);
  await splitFailure(groups.triage, { id: await ofBoth(), contains: "5", actor: groups.actor });
  await Promise.all([1, 2, 3, 4, 5, 6].map((file) => groups.fail(file, "Two at once.", [exact, old])));
  expect(await groups.groupOf("Two at once.")).toBe(id);
  const copies = await groups.rows(sql`select version, fingerprint, contains, count(*)::int as copies
    from failure_splits group by version, fingerprint, contains, parent_id having count(*) > 1`);
  expect(copies).toEqual([]);
});

/** A group that has two kinds of sentences, so that it can be split. */
async function ofBoth(): Promise<string> {
  const id = await groups.groupOf("Two at once.");
  await mergeFailures(groups.triage, {
    id: await groups.groupOf("Not two at once 5."),
    into: id,
    actor: groups.actor,
  });
  return id;
}

test("the versions in use have numbers of their own, the newest first", () => {
  const numbers = fingerprinters.map(({ version }) => version);
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => b - a));
});

test("failures that were grouped by version 1 are found by the newest", async () => {
  const first = fingerprinters.find(({ version }) => version === 1);
  if (first === undefined) throw new TypeError("there is no version 1");
  await groups.fail(1, "It can't read 'a', it's lost.", [first]);
  const id = await groups.groupOf("It can't read 'a', it's lost.");
  await groups.fail(2, "It can't read 'a', it's lost.");
  expect(await groups.groupOf("It can't read 'a', it's lost.")).toBe(id);
  const led = await groups.rows(
    sql`select version from failure_fingerprints where group_id = ${id} order by version`,
  );
  expect(led).toEqual([{ version: 1 }, { version: fingerprinters[0].version }]);
});
