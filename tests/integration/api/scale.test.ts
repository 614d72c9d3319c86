import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/neon-serverless";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Db } from "../../../src/db/client.ts";
import { getFile } from "../../../src/pipeline/files/get-file.ts";
import { type FileFilter, listFiles } from "../../../src/pipeline/files/list-files.ts";
import { readTrace } from "../../../src/telemetry/read-trace.ts";
import { indexesOf, plansOf as plansOfStatements, rowsTouched } from "../../support/plans.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

const fileCount = 100_000;
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await db.execute(sql`insert into projects (id, slug, name, created_at) select 'proj_' || n, 'p' || n, 'p', now()
    from generate_series(1, 3) n`);
  // One in a thousand has failed; each has one run and ten spans.
  await db.execute(sql`
    insert into files (id, project_id, name, content_hash, bytes, media_type, blob_url, status, latest_run_id,
                       failed_step, created_at, updated_at)
    select 'file_' || n, 'proj_' || (n % 3 + 1), 'report ' || md5(n::text) || '.pdf', 'hash' || n, 10, 'text/plain',
           'https://blob.test', case when n % 1000 = 0 then 'failed' else 'succeeded' end, 'run_' || n,
           case when n % 1000 = 0 then case when n % 3000 = 0 then 'index' else 'embed' end end,
           '2026-01-01'::timestamptz + n * interval '1 minute', now()
    from generate_series(1, ${fileCount}::int) n`);
  await db.execute(sql`
    insert into runs (id, file_id, number, graph_version, settings, status, trace_id, root_span_id, created_at)
    select 'run_' || n, 'file_' || n, 1, 1, '{}', 'succeeded', 'trace' || n, 'root',
           '2026-01-01'::timestamptz + n * interval '1 minute'
    from generate_series(1, ${fileCount}::int) n`);
  await db.execute(sql`
    insert into spans (trace_id, span_id, name, kind, start_ns, end_ns, started_at, status, attributes, events, links,
                       file_id)
    select 'trace' || n, 's' || m, 'x', 'client', m, m, '2026-01-01'::timestamptz + n * interval '1 minute', 'ok',
           '{}', '[]', '[]', 'file_' || n
    from generate_series(1, ${fileCount}::int) n, generate_series(1, 10) m`);
  await db.execute(sql`analyze`);
}, 180_000);
afterAll(() => database.drop());

const plansOf = (work: (db: Db) => Promise<unknown>) => plansOfStatements(database.pool, work);

async function planOfList(filter: FileFilter & { cursor?: string | null }) {
  return plansOf((db) => listFiles({ db }, { limit: 50, cursor: null, ...filter }));
}

async function deepCursor(filter: FileFilter): Promise<string | null> {
  const { nextCursor } = await listFiles(
    { db: database.db },
    { ...filter, createdBefore: new Date("2026-02-15T00:00:00Z"), limit: 10, cursor: null },
  );
  expect(nextCursor).not.toBeNull();
  return nextCursor;
}

test.each<[string, FileFilter]>([
  ["all files", {}],
  ["a project's files", { project: "p1" }],
  ["files of a common status", { statuses: ["succeeded"] }],
  ["files of a rare status", { statuses: ["failed"] }],
  ["files that stand failed at a step", { step: "index" }],
  ["failed files that stand at a step", { step: "index", statuses: ["failed"] }],
  ["files of two statuses, one rare", { statuses: ["succeeded", "failed"] }],
  ["a project's files of two statuses", { project: "p1", statuses: ["succeeded", "failed"] }],
])("%s: a page among 100,000 files reads its own rows from an index, however deep", async (_name, filter) => {
  for (const cursor of [null, await deepCursor(filter)]) {
    const nodes = await planOfList({ ...filter, cursor });
    expect(indexesOf(nodes)).toContainEqual(
      expect.stringMatching(/^files_(project_)?(status_|failed_step_)?newest$/),
    );
    expect(rowsTouched(nodes)).toBeLessThan(1_000);
  }
});

test.each<[string, FileFilter]>([
  ["a step at which no file stands", { step: "chunk" }],
  ["a status that no file has", { statuses: ["held"] }],
  ["two statuses that no file has", { statuses: ["held", "queued"] }],
])("%s is found to be empty without a walk through the files", async (_name, filter) => {
  expect(rowsTouched(await planOfList(filter))).toBeLessThan(100);
});

test("a search for a part of a name reads the files that have it from the trigram index", async () => {
  const { items } = await listFiles({ db: database.db }, { limit: 1, cursor: null });
  const name = items[0]?.name.slice(20, 32) ?? "";
  const nodes = await planOfList({ name });
  expect(indexesOf(nodes)).toContain("files_name_trigram");
  expect(rowsTouched(nodes)).toBeLessThan(1_000);
});

test("a file's trace is read from the index of files, among a million spans", async () => {
  const nodes = await plansOf((db) =>
    readTrace({ db }, { fileId: "file_5000", limit: 10_000, cursor: null }),
  );
  expect(indexesOf(nodes).some((name) => name.includes("file_id_start_ns"))).toBe(true);
  expect(rowsTouched(nodes)).toBeLessThan(100);
  const { items } = await readTrace(
    { db: database.db },
    { fileId: "file_5000", limit: 10_000, cursor: null },
  );
  expect(items).toHaveLength(10);
});

test("a file is read in a constant number of statements, whatever it has", async () => {
  let statements = 0;
  const logger = {
    logQuery() {
      statements += 1;
    },
  };
  const db = drizzle({ client: database.pool, logger });
  await getFile({ db }, "file_1");
  const bare = statements;
  await database.db.execute(sql`
    insert into steps (id, run_id, name, shard, state, input, flow_key, attempt_count, max_attempts, time_limit_ms)
    select 'step_' || n, 'run_1', 'embed', n, 'succeeded', '{}', 'k', 1, 4, 1000 from generate_series(0, 3000) n`);
  await database.db.execute(sql`
    insert into attempts (id, step_id, run_id, number, fence, span_id, message_id, retried, deployment, outcome, started_at)
    select 'att_' || n, 'step_' || n, 'run_1', 1, 1, 's', 'm', 0, 'local', 'succeeded', now()
    from generate_series(0, 3000) n`);
  statements = 0;
  const file = await getFile({ db }, "file_1");
  expect(statements).toBeLessThanOrEqual(4);
  expect(bare).toBeLessThanOrEqual(4);
  const steps = file.runHistory[0]?.steps ?? [];
  expect(steps).toHaveLength(2_000);
  expect(steps.map((step) => step.shard)).toEqual(Array.from({ length: 2_000 }, (_, at) => at));
  expect(steps.every((step) => step.attempts.length === 1)).toBe(true);
});
