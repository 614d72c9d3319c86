import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAdjustableClock } from "../../../src/kernel/clock.ts";
import { getFileTime } from "../../../src/pipeline/time/get-file-time.ts";
import { readSpan } from "../../../src/telemetry/read-span.ts";
import { readTrace } from "../../../src/telemetry/read-trace.ts";
import { preparePartitions } from "../../../src/telemetry/store/prepare-partitions.ts";
import { indexesOf, plansOf, relationsOf, rowsTouched } from "../../support/plans.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

const days = 10;
const fileCount = 10_000;
const spansPerFile = 20;
const clock = createAdjustableClock({ frozenAt: new Date("2026-03-10T12:00:00Z") });
let database: TestDatabase;

/** Files that come in evenly over the days and end within a minute, each with one run of steps and attempts. */
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  const began = sql`'2026-03-01T00:00:00Z'::timestamptz + n * interval '${sql.raw(String(days))} days' / ${fileCount}::int`;
  const every = sql`generate_series(0, ${fileCount - 1}::int) n`;
  await db.execute(sql`insert into projects (id, slug, name, created_at) values ('proj', 'p', 'p', now())`);
  await db.execute(sql`
    insert into files (id, project_id, name, content_hash, bytes, media_type, blob_url, status, latest_run_id,
                       created_at, updated_at, finished_at)
    select 'file_' || n, 'proj', 'n', 'hash' || n, 10, 'text/plain', 'https://blob.test', 'succeeded', 'run_' || n,
           ${began}, ${began}, ${began} + interval '1 minute'
    from ${every}`);
  await db.execute(sql`
    insert into runs (id, file_id, number, graph_version, settings, status, trace_id, root_span_id, created_at,
                      finished_at)
    select 'run_' || n, 'file_' || n, 1, 1, '{}', 'succeeded', 'trace' || n, 'root', ${began},
           ${began} + interval '1 minute'
    from ${every}`);
  await db.execute(sql`
    insert into steps (id, run_id, name, shard, state, input, flow_key, attempt_count, max_attempts, time_limit_ms)
    select 'step_' || n, 'run_' || n, 'inspect', 0, 'succeeded', '{}', 'k', 1, 4, 1000 from ${every}`);
  await db.execute(sql`
    insert into attempts (id, step_id, run_id, number, fence, span_id, message_id, retried, deployment, outcome,
                          waited_since, waited_for, started_at, finished_at)
    select 'att_' || n, 'step_' || n, 'run_' || n, 1, 1, 's', 'm', 0, 'local', 'succeeded', ${began}, 'queue',
           ${began} + interval '1 second', ${began} + interval '1 minute'
    from ${every}`);
  await db.execute(sql`
    insert into spans (trace_id, span_id, name, kind, start_ns, end_ns, started_at, status, attributes, events,
                       links, file_id, run_id)
    select 'trace' || n, md5(n || '.' || m), 'process inspect', 'consumer', ns, ns + 1000,
           ${began} + m * interval '1 second', 'unset', '{}', '[]', '[]', 'file_' || n, 'run_' || n
    from ${every}, generate_series(1, ${spansPerFile}::int) m,
         lateral (select (extract(epoch from ${began}) * 1e9)::bigint + m * 1000000000::bigint as ns) as at`);
  expect(await preparePartitions({ db, clock })).toBe(days + 3);
  await db.execute(sql`analyze`);
}, 180_000);
afterAll(() => database.drop());

test("a run's spans are one read of an index of its own day, among 200,000 spans of ten days", async () => {
  const nodes = await plansOf(database.pool, (db) =>
    readTrace({ db }, { fileId: "file_4500", limit: 10_000, cursor: null }),
  );
  expect(relationsOf(nodes)).toEqual(["files", "spans_20260305"]);
  expect(indexesOf(nodes)).toContain("spans_20260305_file_id_start_ns_idx");
  expect(rowsTouched(nodes)).toBeLessThanOrEqual(3 * spansPerFile);
  const { items } = await readTrace(
    { db: database.db },
    { fileId: "file_4500", limit: 10_000, cursor: null },
  );
  expect(items).toHaveLength(spansPerFile);
});

test("of a file that is on its way no day before it is read", async () => {
  await database.db.execute(sql`update files set finished_at = null where id = 'file_9500'`);
  const nodes = await plansOf(database.pool, (db) =>
    readTrace({ db }, { fileId: "file_9500", limit: 10_000, cursor: null }),
  );
  const read = relationsOf(nodes).filter((name) => /^spans_\d/.test(name));
  expect(read).toEqual(["spans_20260310", "spans_20260311", "spans_20260312", "spans_20260313"]);
  expect(rowsTouched(nodes)).toBeLessThanOrEqual(3 * spansPerFile);
});

test("one span is one row of the primary key of its day", async () => {
  const { items } = await readTrace({ db: database.db }, { fileId: "file_2", limit: 1, cursor: null });
  const spanId = items[0]?.spanId ?? "";
  const nodes = await plansOf(database.pool, (db) => readSpan({ db }, { fileId: "file_2", spanId }));
  expect(indexesOf(nodes)).toContain("spans_20260301_pkey");
  expect(rowsTouched(nodes)).toBeLessThan(10);
});

test("where a run's time went is read from the rows of that run alone", async () => {
  const nodes = await plansOf(database.pool, (db) =>
    getFileTime({ db, clock }, { fileId: "file_4500", run: null }),
  );
  expect(rowsTouched(nodes)).toBeLessThan(20);
  expect(relationsOf(nodes)).not.toContainEqual(expect.stringMatching(/^spans/));
});
