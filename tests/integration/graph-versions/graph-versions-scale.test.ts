import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listVersionRuns } from "../../../src/triage/graph-versions/list-version-runs.ts";
import { listGraphVersions } from "../../../src/triage/graph-versions/read-graph-versions.ts";
import { readStepFigures } from "../../../src/triage/graph-versions/read-step-figures.ts";
import { plansOf, rowsTouched } from "../../support/plans.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

const many = 30_000;
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await db.execute(
    sql`insert into projects (id, slug, name, created_at) values ('proj_1', 'contracts', 'Contracts', now())`,
  );
  await db.execute(sql`
    insert into files (id, project_id, name, content_hash, bytes, media_type, blob_url, status, latest_run_id, created_at, updated_at)
    select 'file_' || n, 'proj_1', n || '.pdf', 'h' || n, 1, 'text/plain', 'b', 'succeeded', 'run_' || n, now(), now()
    from generate_series(1, ${many}::int) n`);
  // Nearly all are of the newer version and succeeded; those of the older one lie far back.
  await db.execute(sql`
    insert into runs (id, file_id, number, graph_version, settings, status, trace_id, root_span_id, created_at, finished_at)
    select 'run_' || lpad(n::text, 6, '0'), 'file_' || n, 1, case when n <= 300 then 1 else 2 end, '{}',
           case when n % 100 = 0 then 'failed' else 'succeeded' end, 'trace_' || n, 'span_' || n,
           '2026-01-01'::timestamptz + n * interval '1 minute', '2026-01-01'::timestamptz + n * interval '2 minutes'
    from generate_series(1, ${many}::int) n`);
  await db.execute(sql`
    insert into steps (id, run_id, name, shard, state, input, flow_key, max_attempts, time_limit_ms, attempt_count)
    select 'step_' || n, 'run_' || lpad(n::text, 6, '0'), case when n % 2 = 0 then 'extract' else 'embed' end, 0,
           'succeeded', '{}', 'k', 4, 60000, 1 from generate_series(1, ${many}::int) n`);
  await db.execute(sql`
    insert into attempts (id, step_id, run_id, number, fence, span_id, message_id, retried, deployment, outcome, started_at, finished_at)
    select 'att_' || n, 'step_' || n, 'run_' || lpad(n::text, 6, '0'), 1, 1, 's' || n, 'm' || n, 0, 'd', 'succeeded',
           '2026-01-01'::timestamptz + n * interval '1 minute',
           '2026-01-01'::timestamptz + n * interval '1 minute' + (n % 100) * interval '10 ms'
    from generate_series(1, ${many}::int) n`);
  await db.execute(
    sql`insert into graph_versions (version, first_seen_at) values (1, '2026-01-01'), (2, '2026-01-02')`,
  );
  await db.execute(sql`vacuum analyze`);
});
afterAll(() => database.drop());

describe("versions of the graph, among thousands of runs", () => {
  it("have their runs counted along the index, no farther than the cap", async () => {
    const { db, pool } = database;
    const { items } = await listGraphVersions({ db }, { limit: 20, cursor: null });
    expect(
      items.map(({ version, current, runs, lastBegunAt }) => [version, current, runs, lastBegunAt]),
    ).toEqual([
      [2, false, counts(10_000, true, 297), "2026-01-21T20:00:00.000Z"],
      [1, true, counts(297, false, 3), "2026-01-01T05:00:00.000Z"],
    ]);
    const nodes = await plansOf(pool, (logged) =>
      listGraphVersions({ db: logged }, { limit: 20, cursor: null }),
    );
    // The counted ones and the newest of each state; never the 30,000.
    expect(rowsTouched(nodes)).toBeLessThan(10_000 + 1_000);
  });

  it.each([
    ["all of an old version", 1, undefined],
    ["those that failed of a large one", 2, ["failed" as const]],
    ["all of a large one", 2, undefined],
  ])("have their runs read along the index: %s", async (_, version, statuses) => {
    const { db, pool } = database;
    const first = await listVersionRuns({ db }, { version, statuses, limit: 2, cursor: null });
    const input = { version, statuses, limit: 2, cursor: first.nextCursor };
    const second = await listVersionRuns({ db }, input);
    const ids = [...first.items, ...second.items].map(({ runId }) => runId);
    expect(ids).toEqual([...new Set(ids)].toSorted().toReversed());
    expect(ids).toHaveLength(statuses === undefined || version === 2 ? 4 : 3);
    const nodes = await plansOf(pool, (logged) => listVersionRuns({ db: logged }, input));
    expect(rowsTouched(nodes)).toBeLessThan(100);
  });

  it("have their steps' durations told from a sample of bounded size", async () => {
    const { db, pool } = database;
    const span = { from: new Date("2026-01-01T00:00:00Z"), to: new Date("2026-02-01T00:00:00Z") };
    expect(await readStepFigures({ db }, span)).toEqual([]);
    await db.execute(sql`
      insert into cost_rollups (grain, bucket, project_id, step, meter, provider, model, waste, quantity, nano_usd, entries)
      values ('day', '2026-01-05', 'proj_1', 'embed', 'compute.ms', 'vercel', '*', null, 100, 500, 90),
             ('day', '2026-01-05', 'proj_1', 'embed', 'compute.ms', 'vercel', '*', 'failed-attempt', 10, 50, 10),
             ('day', '2026-01-05', 'proj_1', 'embed', 'embedding.tokens', 'openai', 'm', null, 10, 1000, 80)`);
    expect(await readStepFigures({ db }, span)).toEqual([
      {
        ...{ step: "embed", attempts: 100, cameToNothing: 10, nanoUsd: "1550", wasteNanoUsd: "50" },
        ...{ samples: 1_000, p50Ms: 490, p95Ms: 950 },
      },
    ]);
    const nodes = await plansOf(pool, (logged) => readStepFigures({ db: logged }, span));
    // The sample and the step of each.
    expect(rowsTouched(nodes)).toBeLessThan(8_000);
  });
});

function counts(succeeded: number, capped: boolean, failed: number) {
  const none = { count: 0, capped: false };
  return {
    underWay: none,
    cancelled: none,
    succeeded: { count: succeeded, capped },
    failed: { count: failed, capped: false },
  };
}
