import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openIgnored } from "../../../src/jobs/failures/open-ignored.ts";
import { noteVersions } from "../../../src/jobs/note-versions.ts";
import { getFailure } from "../../../src/triage/failures/get-failure.ts";
import { listFailures } from "../../../src/triage/failures/list-failures.ts";
import { type StateChange, setFailureState } from "../../../src/triage/failures/set-failure-state.ts";
import { recordAudit } from "../../../src/triage/record-audit.ts";
import { startFailureGroups } from "../../support/failure-groups.ts";

let groups: Awaited<ReturnType<typeof startFailureGroups>>;
beforeAll(async () => {
  groups = await startFailureGroups(10);
});
afterAll(() => groups.database.drop());

const hourMs = 3_600_000;
const message = "Broken.";
const get = async () => getFailure(groups.triage, await groups.groupOf(message));
const set = async (change: StateChange) =>
  setFailureState(groups.triage, { id: await groups.groupOf(message), change, actor: groups.actor });

test("a group regresses under the deployment that was to mend it and under later ones, not under older ones", async () => {
  await groups.failUnder("dpl_a", 1, message);
  await groups.failUnder("dpl_b", 2, message);
  await set({ state: "resolved", deployment: "dpl_c" });
  for (const older of ["dpl_a", "dpl_b"]) {
    await groups.failUnder(older, 1, message);
    expect(await get()).toMatchObject({ state: "resolved", regressedIn: null });
  }
  await groups.failUnder("dpl_c", 3, message);
  expect(await get()).toMatchObject({ state: "regressed", regressedIn: "dpl_c" });
  await set({ state: "resolved", deployment: "dpl_c" });
  // One that failed never before, and is older than what was said: it was at work in between.
  await noteVersions(
    { db: groups.database.db, deployment: "dpl_early" },
    { graphVersion: 1, at: new Date(0) },
  );
  await groups.failUnder("dpl_early", 4, message);
  expect(await get()).toMatchObject({ state: "resolved" });
  await groups.failUnder("dpl_d", 5, message);
  expect(await get()).toMatchObject({ state: "regressed", regressedIn: "dpl_d" });
});

test("without a name the deployment that takes the request claims the mending", async () => {
  await groups.failUnder("dpl_test", 1, "Broken otherwise.");
  await set({ state: "resolved" });
  expect(await get()).toMatchObject({ state: "resolved", resolvedIn: "dpl_test" });
  await groups.failUnder("dpl_a", 1, message);
  expect(await get()).toMatchObject({ state: "resolved", regressedIn: null });
  await groups.failUnder("dpl_test", 2, message);
  expect(await get()).toMatchObject({ state: "regressed", regressedIn: "dpl_test" });
});

test("an attempt that had begun before it was resolved says nothing of the mending", async () => {
  const begun = groups.clock.now();
  await set({ state: "resolved" });
  groups.clock.advance(1000);
  await set({ state: "resolved" });
  await groups.failUnder("dpl_test", 2, message, begun);
  expect(await get()).toMatchObject({ state: "resolved" });
  await groups.failUnder("dpl_test", 2, message);
  expect(await get()).toMatchObject({ state: "regressed", regressedIn: "dpl_test" });
});

test("a failure without an attempt is held against the deployment that files it", async () => {
  await set({ state: "resolved", deployment: "dpl_test" });
  await groups.fail(6, message, undefined, "dpl_a");
  expect(await get()).toMatchObject({ state: "resolved" });
  // It has claimed no step yet: it is newer than all that have.
  await groups.fail(6, message, undefined, "dpl_newest");
  expect(await get()).toMatchObject({ state: "regressed", regressedIn: "dpl_newest" });
});

test("what is ignored until a time is open again from then on, with or without a failure", async () => {
  const inAnHour = () => new Date(groups.clock.now().getTime() + hourMs).toISOString();
  await set({ state: "ignored", until: inAnHour() });
  await groups.fail(6, message);
  expect(await openIgnored(groups.triage)).toBe(0);
  expect(await get()).toMatchObject({ state: "ignored" });
  groups.clock.advance(hourMs);
  expect(await Promise.all([openIgnored(groups.triage), openIgnored(groups.triage)])).toContain(1);
  expect(await get()).toMatchObject({ state: "open", ignored: null });
  await set({ state: "ignored", until: inAnHour() });
  groups.clock.advance(hourMs);
  await groups.fail(6, message);
  expect(await get()).toMatchObject({ state: "open", ignored: null });
  expect(await openIgnored(groups.triage)).toBe(0);
});

test("what is ignored for ever stays so, and is said so in lists", async () => {
  await set({ state: "ignored" });
  groups.clock.advance(1000 * hourMs);
  await groups.fail(6, message);
  expect(await openIgnored(groups.triage)).toBe(0);
  const { items } = await listFailures(groups.triage, {
    ...{ states: ["ignored"], sort: "last-seen", limit: 5, cursor: null },
  });
  expect(items.map(({ ignored }) => ignored)).toEqual([{ until: null, untilFailures: null }]);
});

test("a deployment and a graph version are noted once, as of when they were at work first", async () => {
  const { db } = groups.database;
  const first = groups.clock.now();
  await noteVersions({ db, deployment: "dpl_e" }, { graphVersion: 4, at: first });
  await noteVersions(
    { db, deployment: "dpl_e" },
    { graphVersion: 4, at: new Date(first.getTime() + hourMs) },
  );
  // Another process, which knows nothing of the first.
  const other = { ...groups.database.db, insert: db.insert.bind(db) };
  await noteVersions(
    { db: Object.assign(Object.create(db), other), deployment: "dpl_e" },
    {
      graphVersion: 4,
      at: new Date(first.getTime() + hourMs),
    },
  );
  const at = sql`first_seen_at = ${first.toISOString()}::timestamptz as right`;
  expect(await groups.rows(sql`select ${at} from deployments where id = 'dpl_e'`)).toEqual([{ right: true }]);
  expect(await groups.rows(sql`select ${at} from graph_versions where version = 4`)).toEqual([
    { right: true },
  ]);
});

test("what was changed in the hours around the first failure is told, newest first", async () => {
  const { db } = groups.database;
  groups.clock.advance(24 * hourMs);
  const change = {
    actor: groups.actor,
    fileId: null,
    reason: null,
    idempotencyKey: null,
    before: {},
    after: {},
  };
  await recordAudit(db, { ...change, action: "price.add", request: {} }, groups.clock.now());
  await recordAudit(db, { ...change, action: "failure.assign", request: {} }, groups.clock.now());
  groups.clock.advance(hourMs);
  await groups.failUnder("dpl_new", 7, "Something new.");
  groups.clock.advance(hourMs);
  await recordAudit(db, { ...change, action: "budget.change", request: {} }, groups.clock.now());
  groups.clock.advance(2 * hourMs);
  await recordAudit(db, { ...change, action: "plan.set", request: {} }, groups.clock.now());
  const { changes } = await getFailure(groups.triage, await groups.groupOf("Something new."));
  expect(changes.map(({ kind, text }) => [kind, text])).toEqual([
    ["budget", "admin changed a budget."],
    ["deployment", "Deployment dpl_new was at work for the first time."],
    ["price", "admin added a price."],
  ]);
});
