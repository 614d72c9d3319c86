import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Db } from "../../../src/db/client.ts";
import { readChanged } from "../../../src/triage/plans/read-changed.ts";
import { listRequeueFiles } from "../../../src/triage/requeues/list-requeue-files.ts";
import { listRequeues } from "../../../src/triage/requeues/list-requeues.ts";
import { plansOf, rowsTouched } from "../../support/plans.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";
import { seedFailedFiles } from "../../support/seed-failed-files.ts";

const fileCount = 2_000;
const requeueCount = 50;
const page = { limit: 50, cursor: null } as const;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await db.execute(
    sql`insert into projects (id, slug, name, created_at) values ('proj_1', 'p1', 'p', now())`,
  );
  await db.execute(
    sql`insert into api_keys (id, name, hint, hash, role, created_at) values ('key_1', 'admin', 'wbk', 'h', 'admin', now())`,
  );
  await seedFailedFiles(db, "proj_1", fileCount);
  await seedRequeues(db);
}, 300_000);
afterAll(() => database.drop());

/** A hundred thousand files of proved requeues, most of which succeeded; a plan of all files that nobody carries out. */
async function seedRequeues(db: Db): Promise<void> {
  await db.execute(sql`
    insert into requeue_plans (id, name, created_at, key_id, key_name, request, selected, included, facts, low_nano_usd, high_nano_usd)
    select 'rplan_' || n, 'a plan', now(), 'key_1', 'admin', '{}', ${fileCount}::int, ${fileCount}::int, '{}', 0, 0
    from generate_series(0, ${requeueCount}::int) n`);
  await db.execute(sql`
    insert into requeue_plan_files (plan_id, place, file_id, run_id, round, low_nano_usd, high_nano_usd)
    select 'rplan_0', n, 'file_' || n, 'run_' || n, 1, 0, 0 from generate_series(1, ${fileCount}::int) n`);
  await db.execute(sql`
    insert into requeues (id, plan_id, state, key_id, key_name, created_at, starts_at, total, proved_at, final)
    select 'requeue_' || n, 'rplan_' || n, 'done', 'key_1', 'admin', now() - n * interval '1 minute', now(), ${fileCount}::int,
           now(), '{"counts": {"succeeded": 1999, "failed": 1}, "cost": "17"}' from generate_series(1, ${requeueCount}::int) n`);
  await db.execute(sql`
    insert into requeue_files (requeue_id, place, file_id, planned_run_id, planned_round, canary, outcome, run_id, round)
    select 'requeue_' || r, n, 'file_' || n, 'run_' || n, 1, false,
           case when n = ${fileCount}::int then 'failed' else 'succeeded' end, 'run_' || n, r + 1
    from generate_series(1, ${requeueCount}::int) r cross join generate_series(1, ${fileCount}::int) n`);
  await db.execute(sql`analyze`);
}

const plans = (work: (db: Db) => Promise<unknown>) => plansOf(database.pool, work);

test("the list of requeues counts no files of those that are proved", async () => {
  const { items } = await listRequeues({ db: database.db }, { ...page, states: [] });
  expect(items).toHaveLength(requeueCount);
  expect(items[0]).toMatchObject({ id: "requeue_1", counts: { succeeded: 1999 }, costNanoUsd: "17" });
  const nodes = await plans((db) => listRequeues({ db }, { ...page, states: [] }));
  expect(rowsTouched(nodes)).toBeLessThan(500);
});

test("a page of files is read from the index, those of a rare outcome too", async () => {
  const input = { ...page, requeueId: "requeue_7" };
  const all = await plans((db) => listRequeueFiles({ db }, { ...input, outcomes: [] }));
  expect(rowsTouched(all)).toBeLessThan(1_000);
  const { items } = await listRequeueFiles({ db: database.db }, { ...input, outcomes: ["failed"] });
  expect(items.map(({ fileId }) => fileId)).toEqual([`file_${fileCount}`]);
  const rare = await plans((db) => listRequeueFiles({ db }, { ...input, outcomes: ["failed"] }));
  expect(rowsTouched(rare)).toBeLessThan(100);
});

test("what changed since a plan is read by its files, whatever requeues there were", async () => {
  expect(await readChanged(database.db, "rplan_0")).toEqual([]);
  const nodes = await plans((db) => readChanged(db, "rplan_0"));
  // Its files, their rows and runs, and nothing of the hundred thousand.
  expect(rowsTouched(nodes)).toBeLessThan(5 * fileCount);
});

test("what stands open for a file is found without looking at what has ended", async () => {
  const open = sql`select from requeue_files where file_id = 'file_7' and outcome in ('pending', 'sent')`;
  expect(rowsTouched(await plans((db) => db.execute(open)))).toBeLessThan(10);
});
