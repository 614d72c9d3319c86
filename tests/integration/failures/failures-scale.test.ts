import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { failureSorts } from "../../../src/db/failure-states.ts";
import { endStanding } from "../../../src/jobs/failures/end-standing.ts";
import { fileFailure } from "../../../src/jobs/failures/file-failure.ts";
import { systemClock } from "../../../src/kernel/clock.ts";
import { listFailedFiles } from "../../../src/triage/failures/list-failed-files.ts";
import { listFailures } from "../../../src/triage/failures/list-failures.ts";
import { plansOf, rowsTouched } from "../../support/plans.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

const many = 5000;
const atOnce = 100;
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await db.execute(
    sql`insert into projects (id, slug, name, created_at) values ('proj_1', 'p1', 'p', now())`,
  );
  await db.execute(sql`
    insert into files (id, project_id, name, content_hash, bytes, media_type, blob_url, status, latest_run_id,
                       created_at, updated_at)
    select 'file_' || n, 'proj_1', 'f', lpad(to_hex(n), 64, '0'), 10, 'text/plain', 'https://blob.test', 'failed',
           'run_' || n, now(), now() from generate_series(1, ${many}::int) n`);
});
afterAll(() => database.drop());

/** Files failure number `n`: of its own file, of one of two kinds. */
function fail(n: number, kind: number, dispatch: number): Promise<void> {
  const run = { runId: `run_${n}`, fileId: `file_${n}`, round: dispatch, graphVersion: 1 };
  const facts = { step: "embed", code: "internal_error", message: "Broken.", provider: null, status: kind };
  return database.db.transaction((tx) =>
    fileFailure(
      tx,
      { run, stepId: `step_${n}`, dispatch, facts, filedBy: "dpl_test" },
      new Date("2026-01-01T10:30:00Z"),
    ),
  );
}

test("failures of two kinds at once, each file changing its kind, wait for each other without a deadlock", async () => {
  const numbers = Array.from({ length: atOnce }, (_, at) => at + 1);
  await Promise.all(numbers.map((n) => fail(n, n % 2, 1)));
  // Each leaves the group that it stands in for the other one, in both directions at once, as some are requeued.
  await Promise.all(
    numbers.flatMap((n) => [
      fail(n, (n + 1) % 2, 2),
      ...(n % 10 === 0
        ? [database.db.transaction((tx) => endStanding(tx, [`file_${(n % atOnce) + 1}`, `file_${n}`]))]
        : []),
    ]),
  );
  await database.db.transaction((tx) => endStanding(tx, ["file_1"]));
  const { rows } = await database.db.execute(sql`
    select failures, files, standing,
           (select count(*)::int from failures f where f.group_id = g.id) as filed,
           (select count(*)::int from failure_group_files f where f.group_id = g.id and standing) as stand,
           (select sum(h.failures)::int from failure_group_hours h where h.group_id = g.id) as hours
    from failure_groups g`);
  expect(rows).toHaveLength(2);
  for (const row of rows) {
    expect(row).toMatchObject({ failures: atOnce, files: atOnce, filed: atOnce, hours: atOnce });
    expect(row.standing).toBe(row.stand);
  }
});

test("a page of groups, and of a group's files, is read from an index among thousands", async () => {
  const { db, pool } = database;
  await db.execute(sql`
    insert into failure_groups (id, step, code, message, failures, files, wasted_nano_usd, first_seen_at, last_seen_at)
    select 'group_' || n, 'embed', 'internal_error', 'm', n, n, n, '2026-01-01'::timestamptz + n * interval '1 minute',
           '2026-02-01'::timestamptz + n * interval '1 minute' from generate_series(1, ${many}::int) n`);
  await db.execute(sql`
    insert into failure_group_files (group_id, file_id, times, standing, last_failed_at)
    select 'group_1', 'file_' || n, 1, true, '2026-01-01'::timestamptz + n * interval '1 minute'
    from generate_series(1, ${many}::int) n`);
  await db.execute(sql`analyze`);
  for (const sort of failureSorts) {
    const first = await listFailures({ db, clock: systemClock }, { sort, limit: 20, cursor: null });
    const input = { sort, limit: 20, cursor: first.nextCursor };
    const second = await listFailures({ db, clock: systemClock }, input);
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(new Set(ids).size).toBe(40);
    const nodes = await plansOf(pool, (logged) => listFailures({ db: logged, clock: systemClock }, input));
    expect(rowsTouched(nodes)).toBeLessThan(500);
  }
  const nodes = await plansOf(pool, (logged) =>
    listFailedFiles({ db: logged }, { groupId: "group_1", limit: 20, cursor: null }),
  );
  expect(rowsTouched(nodes)).toBeLessThan(200);
});
