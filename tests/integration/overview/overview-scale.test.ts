import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { refreshStepCosts } from "../../../src/costs/budgets/step-cost-history.ts";
import type { Db } from "../../../src/db/client.ts";
import { stepCostHistory } from "../../../src/db/schema/costs.ts";
import { createAdjustableClock } from "../../../src/kernel/clock.ts";
import { readOverview } from "../../../src/triage/overview/read-overview.ts";
import { indexesOf, plansOf, rowsTouched } from "../../support/plans.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

const now = new Date("2026-03-01T12:00:00Z");
const clock = createAdjustableClock({ frozenAt: now });
/** Each with three steps. */
const manyFiles = 100_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  for (const statement of statements()) await database.db.execute(sql.raw(statement));
});
afterAll(() => database.drop());

/** Of four files one is done, one has failed, one is held by a budget, one waits for its message; many causes. */
function statements(): string[] {
  const at = "timestamptz '2026-03-01' - n * interval '1 second'";
  const state =
    "case n % 4 when 0 then 'succeeded' when 1 then 'failed' when 2 then 'held' else 'queued' end";
  const ended = "n % 4 < 2";
  return [
    "insert into projects (id, slug, name, created_at) values ('p1', 'p1', 'p', now())",
    `insert into files (id, project_id, name, content_hash, status, bytes, media_type, blob_url, latest_run_id, created_at, updated_at)
     select 'f' || n, 'p1', 'a', 'h' || n, ${state}, 1, 'text/plain', 'b', 'r' || n, ${at}, ${at} from generate_series(1, ${manyFiles}) n`,
    `insert into runs (id, file_id, number, graph_version, settings, status, trace_id, root_span_id, created_at, finished_at)
     select 'r' || n, 'f' || n, 1, 1, '{}', ${state}, 't' || n, 's', ${at},
            case when ${ended} then timestamptz '2026-03-01 11:00' + n % 3600 * interval '1 second' end
     from generate_series(1, ${manyFiles}) n`,
    `insert into steps (id, run_id, name, shard, state, input, flow_key, max_attempts, time_limit_ms, held_reason, queued_at, expected_by)
     select 's' || n || '-' || k, 'r' || n, 'embed', k, case when k = 0 and n % 4 < 2 then 'succeeded' else ${state} end, '{}', 'k', 4, 120000,
            case when n % 4 = 2 then 'budget_exhausted' end, ${at}, case when n % 4 = 3 then ${at} end
     from generate_series(1, ${manyFiles}) n, generate_series(0, 2) k`,
    `insert into failure_groups (id, state, step, code, message, failures, files, standing, first_seen_at, last_seen_at)
     select 'g' || n, case n % 3 when 0 then 'open' when 1 then 'regressed' else 'resolved' end, 'embed', 'c', 'm', n, n, n,
            ${at}, ${at} from generate_series(1, 20000) n`,
    `insert into failure_group_hours (group_id, hour, failures)
     select 'g' || n, timestamptz '2026-03-01' + k * interval '1 hour', 1 from generate_series(1, 20000) n, generate_series(0, 11) k`,
    `insert into budgets (id, scope, time_window, time_zone, limit_nano_usd, mode, thresholds, created_at, updated_at)
     values ('b', 'deployment', 'day', 'UTC', 1, 'hard', '{}', now(), now()), ('c', 'deployment', 'month', 'UTC', 1, 'soft', '{}', now(), now())`,
    `insert into budget_holds (id, step_id, run_id, budget_id, key, needed_nano_usd, rank, since, place)
     select 'h' || id, id, run_id, 'b', 'k', 1, queued_at, queued_at, 0 from steps where state = 'held'`,
    `insert into breakers (provider, state, since) values ('gateway', 'closed', now()) on conflict do nothing`,
    `insert into provider_outcomes (provider, at, attempt_id, call, ill, latency_ms)
     select 'gateway', timestamptz '2026-03-01 12:00' - n * interval '2 ms', 'a', n, false, n % 900 from generate_series(1, 150000) n`,
    "analyze",
  ];
}

const read = (db: Db) =>
  readOverview({ db, clock }, (part, error) => {
    throw new TypeError(`${part} could not be read`, { cause: error });
  });

test("among 100,000 files that fail, wait and are held, it says how many up to its caps", async () => {
  const overview = await read(database.db);
  expect(overview.failures).toMatchObject({ groups: 500, capped: true });
  expect(overview.failures?.top.map(({ standing }) => standing)).toEqual([19999, 19998, 19996, 19995, 19993]);
  expect(overview.stuck).toMatchObject({ steps: 500, capped: true });
  expect(overview.money).toMatchObject({ holding: 1, held: 500, heldCapped: true });
  expect(overview.backlog).toMatchObject({ files: 10_000, capped: true });
  expect(overview.searchable?.files).toBe(1_000);
});

test("it touches a bounded number of rows, a small part of what there is", async () => {
  const nodes = await plansOf(database.pool, read);
  for (const table of ["runs", "steps", "failure_groups", "failure_group_hours", "budget_holds"])
    expect(
      nodes.filter((node) => node["Node Type"] === "Seq Scan" && node["Relation Name"] === table),
      table,
    ).toEqual([]);
  expect(rowsTouched(nodes)).toBeLessThan(60_000);
});

test("what files cost at each step is computed from the newest runs alone", async () => {
  const nodes = await plansOf(database.pool, (db) => refreshStepCosts({ db, clock }));
  expect(indexesOf(nodes)).toContain("runs_succeeded");
  expect(rowsTouched(nodes)).toBeLessThan(5_000);
  expect(await database.db.select().from(stepCostHistory)).toMatchObject([{ step: "embed", files: 500 }]);
});
