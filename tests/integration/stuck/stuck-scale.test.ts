import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Db } from "../../../src/db/client.ts";
import { createAdjustableClock } from "../../../src/kernel/clock.ts";
import { listStuck } from "../../../src/triage/stuck/list-stuck.ts";
import type { StuckFilter } from "../../../src/triage/stuck/stuck-part.ts";
import { plansOf, rowsTouched } from "../../support/plans.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const now = new Date("2026-03-01T12:00:00Z");
const clock = createAdjustableClock({ frozenAt: now });
/** Runs of ten steps: one inspect, eight extracts and the chunk that waits for them. */
const manyRuns = 10_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  for (const statement of hundredThousandSteps()) await database.db.execute(sql.raw(statement));
});
afterAll(() => database.drop());

/** Of every ten runs nine have ended; the tenth waits for two of its extracts, of which a provider holds one. */
function hundredThousandSteps(): string[] {
  const at = "timestamptz '2026-03-01' - n * interval '1 minute'";
  const stands = "n % 10 = 0";
  const held = `(${stands} and k = 8)`;
  const waiting = `(${stands} and k = 9)`;
  const queued = `(${stands} and k = 7)`;
  return [
    "insert into projects (id, slug, name, created_at) values ('p1', 'p1', 'p', now()), ('p2', 'p2', 'p', now())",
    `insert into files (id, project_id, name, content_hash, status, bytes, media_type, blob_url, latest_run_id, created_at, updated_at)
     select 'f' || n, 'p' || 1 + n % 2, 'a', 'h' || n, 'running', 1, 'text/plain', 'b', 'r' || n, ${at}, ${at}
     from generate_series(1, ${manyRuns}) n`,
    `insert into runs (id, file_id, number, graph_version, settings, status, trace_id, root_span_id, created_at, finished_at)
     select 'r' || n, 'f' || n, 1, 1, '{}', case when ${stands} then 'running' else 'succeeded' end, 't' || n, 's', ${at},
            case when ${stands} then null else ${at} end from generate_series(1, ${manyRuns}) n`,
    `insert into steps (id, run_id, name, shard, state, input, flow_key, max_attempts, time_limit_ms, estimate, held_reason,
                        queued_at, expected_by, finished_at)
     select 's' || n || '-' || k, 'r' || n, case k when 0 then 'inspect' when 9 then 'chunk' else 'extract' end,
            case when k between 1 and 8 then k - 1 else 0 end,
            case when ${held} then 'held' when ${waiting} then 'waiting' when ${queued} then 'queued' else 'succeeded' end,
            '{}', 'k', 4, 120000, case when ${held} then '[{"meter": "embedding.tokens", "quantity": 5}]'::jsonb else '[]' end, case when ${held} then case when n % 20 = 0 then 'breaker_open' else 'provider_out_of_credit' end end,
            case when not ${waiting} then ${at} end, case when ${queued} then ${at} end,
            case when not (${held} or ${waiting} or ${queued}) then ${at} end
     from generate_series(1, ${manyRuns}) n, generate_series(0, 9) k`,
    `insert into attempts (id, step_id, run_id, number, fence, span_id, message_id, retried, deployment, outcome, started_at, finished_at)
     select 'a' || id, id, run_id, 1, 1, 's', 'm', 0, 'd', 'succeeded', queued_at, queued_at from steps where state = 'succeeded'`,
    `insert into message_states (message_id, at, state, step_id, dispatch)
     select 'm' || id, queued_at, 'DELIVERED', id, 1 from steps where state = 'succeeded'`,
    `insert into budgets (id, scope, time_window, time_zone, limit_nano_usd, mode, thresholds, created_at, updated_at)
     values ('b', 'deployment', 'day', 'UTC', 1, 'hard', '{}', now(), now())`,
    `insert into budget_holds (id, step_id, run_id, budget_id, key, needed_nano_usd, rank, since, place, until, ended_by)
     select 'h' || id, id, run_id, 'b', 'k', 1, queued_at, queued_at, 0, queued_at, 'room' from steps where state = 'succeeded'`,
    `insert into breaker_holds (id, step_id, run_id, provider, rank, since, until, ended_by)
     select 'b' || id, id, run_id, 'gateway', queued_at, queued_at, case when state = 'succeeded' then queued_at end,
            case when state = 'succeeded' then 'closed' end
     from steps where state = 'succeeded' or held_reason = 'breaker_open'`,
    "analyze",
  ];
}

const page = (db: Db, filter: Partial<Parameters<typeof listStuck>[1]> = {}) =>
  listStuck({ db, clock }, { limit: 20, cursor: null, ...filter });

test("among 100,000 steps, pages follow each other without a gap, in the order of their places", async () => {
  const { db } = database;
  const whole = await page(db, { limit: 90 });
  const read: string[] = [];
  let cursor: string | null = null;
  for (let at = 0; at < 3; at += 1) {
    const next = await page(db, { limit: 30, cursor });
    read.push(...next.items.map(({ stepId }) => stepId));
    cursor = next.nextCursor;
  }
  expect(read).toEqual(whole.items.map(({ stepId }) => stepId));
  // The run that began first has all three: the chunk that waits, the extract that is held, and the one that is lost.
  expect(new Set(read.slice(0, 3))).toEqual(new Set(["s10000-7", "s10000-8", "s10000-9"]));
});

const filters: StuckFilter[] = [
  {},
  { reason: "waiting-for-siblings" },
  { reason: "held-by-provider" },
  { reason: "breaker-open" },
  { project: "p1" },
  { step: "chunk" },
  { provider: "gateway" },
];

test.each(filters)("a page of %j is read by indexes, and touches few rows", async (filter) => {
  const { db, pool } = database;
  const { nextCursor } = await page(db, filter);
  expect(nextCursor).not.toBeNull();
  const nodes = await plansOf(pool, (tracked) => page(tracked, { ...filter, cursor: nextCursor }));
  const scanned = nodes
    .filter((node) => node["Node Type"] === "Seq Scan")
    .map((node) => node["Relation Name"]);
  // Small by their nature: a row a step of the graph, the projects, and the holds that are open.
  const small = ["projects", "step_durations", "budget_holds", "breaker_holds"];
  expect(scanned.filter((name) => !small.includes(name ?? ""))).toEqual([]);
  // Of 400,000 rows; at most all that are held are looked through, where a reason is asked for.
  expect(rowsTouched(nodes)).toBeLessThan(10_000);
});
