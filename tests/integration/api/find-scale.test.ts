import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listMessages } from "../../../src/pipeline/files/list-messages.ts";
import { findById } from "../../../src/pipeline/find/find-by-id.ts";
import { plansOf, rowsTouched } from "../../support/plans.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

const fileCount = 20_000;
let database: TestDatabase;

/** Each file has one run, one step with one attempt and one message, one chunk and one span. */
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  const each = sql`from generate_series(1, ${fileCount}::int) n`;
  const at = sql`'2026-01-01'::timestamptz + n * interval '1 minute'`;
  await db.execute(
    sql`insert into projects (id, slug, name, created_at) values ('proj_1', 'p1', 'p', now())`,
  );
  await db.execute(sql`
    insert into files (id, project_id, name, content_hash, bytes, media_type, blob_url, status, latest_run_id,
                       created_at, updated_at)
    select 'file_' || n, 'proj_1', 'report ' || md5(n::text), lpad(to_hex(n), 64, '0'), 10, 'text/plain',
           'https://blob.test', 'succeeded', 'run_' || n, ${at}, now() ${each}`);
  await db.execute(sql`
    insert into runs (id, file_id, number, graph_version, settings, status, trace_id, root_span_id, created_at)
    select 'run_' || n, 'file_' || n, 1, 1, '{}', 'succeeded', lpad(to_hex(n), 32, '0'), 'root', ${at} ${each}`);
  await db.execute(sql`
    insert into steps (id, run_id, name, shard, state, input, flow_key, max_attempts, time_limit_ms)
    select 'step_' || n, 'run_' || n, 'inspect', 0, 'succeeded', '{}', 'k', 4, 1000 ${each}`);
  await db.execute(sql`
    insert into attempts (id, step_id, run_id, number, fence, span_id, message_id, retried, deployment, outcome,
                          started_at)
    select 'att_' || n, 'step_' || n, 'run_' || n, 1, 1, lpad(to_hex(n), 16, 'a'), 'msg_' || n, 0, 'local',
           'succeeded', ${at} ${each}`);
  await db.execute(sql`
    insert into outbox (id, step_id, dispatch, publish_after, created_at, published_at, message_id)
    select 'out_' || n, 'step_' || n, 1, now(), now(), ${at}, 'msg_' || n ${each}`);
  await db.execute(sql`
    insert into message_states (message_id, at, state, step_id, dispatch)
    select 'msg_' || n, ${at}, 'CREATED', 'step_' || n, 1 ${each}`);
  await db.execute(sql`
    insert into uploads (id, project_id, name, pathname, state, created_at, file_id, run_id)
    select 'upl_' || n, 'proj_1', 'n', 'uploads/upl_' || n || '/n', 'accepted', ${at}, 'file_' || n, 'run_' || n ${each}`);
  await db.execute(sql`
    insert into chunks (id, run_id, ordinal, text, content_hash, heading_path, first_page, last_page, tokens)
    select 'chunk_' || n, 'run_' || n, 0, 't', 'h', '[]', 1, 1, 1 ${each}`);
  await db.execute(sql`
    insert into spans (trace_id, span_id, name, kind, start_ns, end_ns, started_at, status, attributes, events, links)
    select lpad(to_hex(n), 32, '0'), lpad(to_hex(n), 16, 'b'), 'x', 'client', n, n, ${at}, 'ok', '{}', '[]', '[]'
    ${each}`);
  await db.execute(sql`analyze`);
}, 180_000);
afterAll(() => database.drop());

const hex = (length: number, filled: string) => (777).toString(16).padStart(length, filled);

test.each([
  ["a file", "file_777"],
  ["a run", "run_777"],
  ["a step", "step_777"],
  ["an attempt", "att_777"],
  ["a message", "msg_777"],
  ["a chunk", "chunk_777"],
  ["an upload", "upl_777"],
  ["a trace", hex(32, "0")],
  ["a span", hex(16, "b")],
  ["a span of an attempt", hex(16, "a")],
  ["a content", hex(64, "0")],
])("the id of %s is found among 20,000 files by the rows that it names alone", async (_what, id) => {
  const found = await findById({ db: database.db }, { id });
  expect(found.map(({ fileId }) => fileId)).toEqual(["file_777"]);
  const nodes = await plansOf(database.pool, (db) => findById({ db }, { id }));
  expect(rowsTouched(nodes)).toBeLessThan(50);
});

test("the messages of a file are read by its own rows alone", async () => {
  const read = (db: typeof database.db) =>
    listMessages({ db }, { fileId: "file_777", limit: 100, cursor: null });
  expect((await read(database.db)).items).toHaveLength(1);
  const nodes = await plansOf(database.pool, read);
  expect(rowsTouched(nodes)).toBeLessThan(50);
});
