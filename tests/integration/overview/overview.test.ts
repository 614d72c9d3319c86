import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Overview, overviewSchema } from "../../../src/triage/overview/overview-view.ts";
import { type ServedApi, serveApi } from "../../support/served-api.ts";

let api: ServedApi;
beforeAll(async () => {
  api = await serveApi();
});
afterAll(() => api.stop());

async function read(): Promise<Overview> {
  const answer = await api.call("/api/v1/overview");
  expect(answer.status).toBe(200);
  return overviewSchema.parse(await answer.json());
}

const run = (statement: string) => api.ctx.db.execute(sql.raw(statement));

test("of a house in which nothing has happened every part is read and says nothing", async () => {
  const overview = await read();
  expect(overview).toMatchObject({
    failures: { groups: 0, open: 0, capped: false, files: 0, steps: [], top: [] },
    stuck: { steps: 0, capped: false, reasons: [] },
    money: { budgets: 0, holding: 0, held: 0, nearest: [] },
    backlog: { files: 0, held: 0, oldestAt: null },
    throughput: { perMinute: 0, failedPerMinute: 0, dayBeforePerMinute: 0 },
    searchable: { p50Ms: null, p95Ms: null, files: 0 },
    reconciliation: { last: null },
    requeues: [],
  });
  expect(overview.throughput?.hours).toHaveLength(24);
  expect(overview.providers?.map(({ state }) => state)).toEqual(["closed", "closed", "closed"]);
});

test("what fails, is held, does not go on and is done is told, with since when and how many", async () => {
  const [project] = (await run("select id from projects where slug = 'default'")).rows;
  const id = String(project?.id);
  await run(`
    insert into failure_groups (id, state, step, code, message, failures, files, standing, first_seen_at, last_seen_at)
    values ('g1', 'open', 'embed', 'provider_refused', 'No.', 9, 9, 7, now() - interval '3 hours', now()),
           ('g2', 'regressed', 'embed', 'provider_failed', 'Again.', 5, 5, 2, now() - interval '40 days', now()),
           ('g3', 'open', 'inspect', 'document_corrupt', 'Damaged.', 4, 4, 4, now() - interval '1 hour', now()),
           ('g4', 'open', 'index', 'provider_failed', 'Over.', 3, 3, 0, now() - interval '2 days', now()),
           ('g5', 'resolved', 'embed', 'provider_failed', 'Mended.', 3, 3, 3, now() - interval '2 days', now())`);
  await run(`
    insert into files (id, project_id, name, content_hash, bytes, media_type, blob_url, status, latest_run_id, created_at, updated_at)
    select 'f' || n, '${id}', 'a', 'h' || n, 1, 'text/plain', 'b', 'running', 'r' || n, now(), now() from generate_series(1, 6) n`);
  await run(`
    insert into runs (id, file_id, number, graph_version, settings, status, trace_id, root_span_id, created_at, finished_at)
    select 'r' || n, 'f' || n, 1, 1, '{}', case when n <= 2 then 'held' when n = 3 then 'running' else 'succeeded' end, 't' || n, 's',
           now() - n * interval '10 minutes', case when n > 3 then now() - interval '5 minutes' end from generate_series(1, 6) n`);
  await run(`
    insert into steps (id, run_id, name, shard, state, input, flow_key, max_attempts, time_limit_ms, held_reason, queued_at, expected_by)
    select 's' || n, 'r' || n, 'embed', 0, case when n <= 2 then 'held' else 'queued' end, '{}', 'k', 4, 60000,
           case when n <= 2 then 'budget_exhausted' end, now() - n * interval '10 minutes', now() from generate_series(1, 3) n`);
  await run(`
    insert into budgets (id, scope, time_window, time_zone, limit_nano_usd, mode, thresholds, created_at, updated_at)
    values ('b1', 'deployment', 'total', 'UTC', 1000, 'hard', '{}', now(), now()),
           ('b2', 'deployment', 'day', 'UTC', 1000, 'soft', '{}', now(), now())`);
  await run(`
    insert into budget_accounts (budget_id, key, time_window, time_zone, limit_nano_usd, mode, thresholds, window_start,
                                 settled_nano_usd, reserved_nano_usd, unreserved_nano_usd, excess_nano_usd)
    select id, 'all', time_window, time_zone, limit_nano_usd, mode, thresholds, 'epoch', 900, 50, 0, 0 from budgets`);
  await run(`
    insert into budget_holds (id, step_id, run_id, budget_id, key, needed_nano_usd, rank, since, place)
    select 'h' || n, 's' || n, 'r' || n, 'b1', 'all', 100, now(), now(), 0 from generate_series(1, 2) n`);
  await run(`
    insert into ingest_deltas (backend, bucket, project_id, uploads, bytes, succeeded, failed, pages, chunks, searchable_ms)
    values (1, date_bin('15 minutes', now(), 'epoch'), '${id}', 0, 0, 30, 6, 0, 0, 0),
           (1, date_bin('15 minutes', now() - interval '24 hours', 'epoch'), '${id}', 0, 0, 60, 0, 0, 0, 0)`);
  const overview = await read();
  expect(overview.failures).toMatchObject({ groups: 3, open: 4, files: 13, capped: false });
  expect(overview.failures?.steps).toEqual([
    { step: "embed", groups: 2, files: 9, since: expect.any(String) },
    { step: "inspect", groups: 1, files: 4, since: expect.any(String) },
  ]);
  expect(overview.failures?.top.map((group) => group.id)).toEqual(["g1", "g3", "g2"]);
  expect(overview.stuck).toMatchObject({ steps: 3, capped: false });
  expect(overview.stuck?.reasons.map(({ reason, steps }) => [reason, steps])).toEqual([
    ["held-by-budget", 2],
    ["not-delivered", 1],
  ]);
  expect(overview.money).toMatchObject({ budgets: 2, holding: 1, held: 2, heldCapped: false });
  // Of the daily one the window has turned: what was settled before counts no more.
  expect(overview.money?.nearest).toMatchObject([
    { id: "b1", held: 2, settledNanoUsd: "900", reservedNanoUsd: "50" },
    { id: "b2", held: 0, settledNanoUsd: "0", reservedNanoUsd: "50" },
  ]);
  expect(overview.backlog).toMatchObject({ files: 3, held: 2, capped: false });
  expect(overview.searchable).toMatchObject({ files: 3, p50Ms: 45 * 60_000, p95Ms: 55 * 60_000 });
  const {
    perMinute = 0,
    failedPerMinute = 0,
    dayBeforePerMinute = 0,
    hours = [],
  } = overview.throughput ?? {};
  expect(perMinute).toBeGreaterThanOrEqual(36 / 60);
  expect(perMinute).toBeLessThanOrEqual(36 / 45);
  expect(failedPerMinute).toBeCloseTo(perMinute / 6, 5);
  expect(dayBeforePerMinute).toBe(1);
  expect(hours.at(-1)).toMatchObject({ succeeded: 30, failed: 6 });
});

test("a source that cannot be read is null, and the others are read", async () => {
  await run("alter table breakers rename to breakers_away");
  await run("alter table budget_holds rename to budget_holds_away");
  const overview = await read();
  await run("alter table breakers_away rename to breakers");
  await run("alter table budget_holds_away rename to budget_holds");
  expect(overview.providers).toBeNull();
  expect(overview.money).toBeNull();
  expect(overview.failures?.groups).toBe(3);
  expect((await read()).providers).toHaveLength(3);
});
