import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Db } from "../../../src/db/client.ts";
import { forgetOutcomes, judgeProvider } from "../../../src/jobs/breaker/judge-calls.ts";
import { standingBreakers } from "../../../src/jobs/breaker/pass-breakers.ts";
import { oldestHolds } from "../../../src/jobs/breaker/release-breaker-holds.ts";
import { createAdjustableClock } from "../../../src/kernel/clock.ts";
import { changesAround } from "../../../src/triage/failures/changes-around.ts";
import { readCourse } from "../../../src/triage/providers/read-course.ts";
import { readProviders } from "../../../src/triage/providers/read-providers.ts";
import { plansOf, rowsTouched } from "../../support/plans.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const now = new Date("2026-03-01T12:00:00Z");
const clock = createAdjustableClock({ frozenAt: now });
const breaker = { enabled: true, windowMs: 60_000, leastCalls: 10, errorPercent: 50, coolDownMs: 30_000 };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  for (const statement of manyCalls()) await database.db.execute(sql.raw(statement));
});
afterAll(() => database.drop());

/** An hour of 100 calls a second, of which a tenth met illness; 100,000 holds that have ended and 10,000 that have not. */
function manyCalls(): string[] {
  const time = "timestamptz '2026-03-01 12:00:00+00'";
  return [
    "update breakers set since = '2026-01-01'",
    `insert into provider_outcomes (provider, at, attempt_id, call, ill, latency_ms)
     select case when n % 2 = 0 then 'gateway' else 'vector' end, ${time} - n * interval '10 milliseconds', 'att_' || n, 0,
            n % 20 = 0, n % 400 from generate_series(0, 359999) n`,
    "insert into projects (id, slug, name, created_at) values ('p', 'p', 'p', now())",
    `insert into files (id, project_id, name, content_hash, status, bytes, media_type, blob_url, latest_run_id, created_at, updated_at)
     values ('f', 'p', 'a', 'h', 'held', 1, 'text/plain', 'b', 'r', now(), now())`,
    `insert into runs (id, file_id, number, graph_version, settings, status, trace_id, root_span_id, created_at)
     values ('r', 'f', 1, 1, '{}', 'held', 't', 's', now())`,
    `insert into steps (id, run_id, name, shard, state, input, flow_key, max_attempts, time_limit_ms, held_reason)
     select 's' || n, 'r', 'embed', n, 'held', '{}', 'k', 6, 120000, 'breaker_open' from generate_series(1, 110000) n`,
    `insert into breaker_holds (id, step_id, run_id, provider, rank, since, until, ended_by)
     select 'h' || n, 's' || n, 'r', 'gateway', ${time} - n * interval '1 second', ${time},
            case when n > 10000 then ${time} end, case when n > 10000 then 'closed' end from generate_series(1, 110000) n`,
    `insert into provider_changes (id, at, provider, from_state, to_state, cause)
     select 'brk_' || n, ${time} - n * interval '1 minute', case when n % 2 = 0 then 'gateway' else 'vector' end,
            'half-open', 'open', 'probe-failed' from generate_series(1, 100000) n`,
    `insert into provider_rollups (grain, provider, bucket, latency_class, calls, ill)
     select 'hour', provider, timestamptz '2026-03-01 11:00:00+00' - n * interval '1 hour', class, 10, 1
     from generate_series(0, 8759) n, generate_series(40, 54) class, unnest(array['gateway', 'vector', 'blob']) provider`,
    `insert into provider_rollups (grain, provider, bucket, latency_class, calls, ill)
     select 'minute', provider, timestamptz '2026-03-01 11:59:00+00' - n * interval '1 minute', class, 10, 1
     from generate_series(0, 2879) n, generate_series(40, 49) class, unnest(array['gateway', 'vector', 'blob']) provider`,
    "analyze",
  ];
}

/** Three rows, and here one run: a scan is all that there is to read. */
const small = ["breakers", "runs"];
const course = (db: Db, hours: number) =>
  readCourse(
    { db, clock },
    { provider: "gateway", from: new Date(now.getTime() - hours * 3_600_000), to: now },
  );
const asked: Record<string, { most: number; work: (db: Db) => Promise<unknown> }> = {
  // The newest 1,000 calls of the window, however many there were: once in the index, once in the table.
  "whether a provider is ill": {
    most: 2_100,
    work: (db) => judgeProvider({ db, clock, breaker }, "gateway"),
  },
  "what a claim asks": {
    most: 10,
    work: (db) => db.select({ standing: standingBreakers }).from(sql`(select) one`),
  },
  "which step goes on first": { most: 60, work: (db) => oldestHolds(db, "gateway", 50) },
  // The newest 10,000 calls of five minutes, and 10,000 holds, for each of three.
  "how the providers are": { most: 70_000, work: (db) => readProviders({ db, clock }) },
  // The sums of the span, 10 to 15 classes of latency a bucket: once in the index, once in the table.
  "how a provider answered in a day": { most: 30_000, work: (db) => course(db, 24) },
  "how a provider answered in a month": { most: 22_500, work: (db) => course(db, 720) },
  "what was changed around a failure": { most: 500, work: (db) => changesAround(db, now) },
};

test.each(Object.keys(asked))("among 360,000 calls, %s is read by indexes", async (name) => {
  const { most = 0, work = () => Promise.resolve() } = asked[name] ?? {};
  const nodes = await plansOf(database.pool, work);
  const scanned = nodes
    .filter((node) => node["Node Type"] === "Seq Scan")
    .map((node) => node["Relation Name"] ?? "");
  expect(
    scanned.filter(
      (relation) => ![...small, "deployments", "graph_versions", "audit_entries"].includes(relation),
    ),
  ).toEqual([]);
  expect(rowsTouched(nodes)).toBeLessThan(most);
});

test("outcomes are forgotten after an hour, in batches, and by an index", async () => {
  const later = createAdjustableClock({ frozenAt: new Date(now.getTime() + 30 * 60_000) });
  const forget = (db: Db) => forgetOutcomes({ db, clock: later });
  const nodes = await plansOf(database.pool, forget);
  expect(nodes.filter((node) => node["Node Type"] === "Seq Scan")).toEqual([]);
  expect(await forget(database.db)).toBe(20_000);
});
