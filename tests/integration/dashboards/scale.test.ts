import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { dashboards } from "../../../dashboards/all.ts";
import { grafanaQuery } from "../../../dashboards/grafana/query.ts";
import { expandGrafana } from "../../support/expand-grafana.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

vi.setConfig({ testTimeout: 60_000 });

const panels = dashboards.flatMap((dashboard) =>
  dashboard.panels.map((panel) => ({ name: `${dashboard.id}/${panel.id}`, panel })),
);
const to = new Date("2026-03-01T00:00:00Z");
const dayMs = 86_400_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  for (const statement of year()) await database.db.execute(sql.raw(statement));
}, 120_000);
afterAll(() => database.drop());

/** A year of work: 30,000 runs, some held and some under way, 60,000 attempts, entries, and rollups of each grain. */
function year(): string[] {
  const at = `timestamptz '2026-03-01' - n * interval '17 minutes'`;
  const step = `(array['inspect','extract','chunk','embed','index','finalize'])[1 + n % 6]`;
  const state = `case when n % 500 = 0 then 'held' when n % 501 = 0 then 'running' when n % 502 = 0 then 'queued' else 'succeeded' end`;
  return [
    `insert into projects (id, slug, name, created_at) select 'p' || n, 'p' || n, 'p', now() from generate_series(1, 20) n`,
    `insert into files (id, project_id, name, content_hash, status, bytes, media_type, blob_url, latest_run_id, created_at, updated_at)
     select 'f' || n, 'p' || 1 + n % 20, 'a', 'h' || n, 'succeeded', 1, 'text/plain', 'b', 'r' || n, ${at}, ${at} from generate_series(1, 30000) n`,
    `insert into runs (id, file_id, number, graph_version, settings, status, trace_id, root_span_id, created_at, finished_at)
     select 'r' || n, 'f' || n, 1, 1, '{}', case when n % 500 = 0 then 'held' else 'succeeded' end, 't' || n, 's', ${at},
            case when n % 500 = 0 then null else ${at} end from generate_series(1, 30000) n`,
    `insert into steps (id, run_id, name, shard, state, input, flow_key, max_attempts, time_limit_ms, held_reason, lease_expires_at, expected_by)
     select 's' || n, 'r' || n, ${step}, 0, ${state}, '{}', 'k', 4, 1000,
            case when n % 500 = 0 then 'budget_exhausted' end, case when n % 501 = 0 and n % 500 <> 0 then now() end,
            case when n % 502 = 0 then now() end from generate_series(1, 30000) n`,
    `insert into attempts (id, step_id, run_id, number, fence, span_id, message_id, retried, deployment, outcome, error_code, started_at, finished_at)
     select 'a' || n || '-' || k, 's' || n, 'r' || n, k, k, 'x', 'm', 0, 'd', case when n % 10 = 0 and k = 1 then 'retry' else 'succeeded' end,
            case when n % 10 = 0 and k = 1 then 'provider_unavailable' end, ${at}, ${at}
     from generate_series(1, 30000) n, generate_series(1, 2) k`,
    `insert into outbox (id, step_id, dispatch, publish_after, created_at, published_at)
     select 'o' || n, 's' || n, 1, ${at}, ${at}, case when n % 600 > 0 then ${at} end from generate_series(1, 30000) n`,
    `insert into prices (id, meter, provider, model, unit, nano_usd, per_units, effective_from, source, seen_on, confidence)
     values ('q', 'embedding.tokens', 'gateway', '*', 'token', 20, 1, '2020-01-01', 's', '2020-01-01', 'high')`,
    `insert into ledger (id, step, meter, provider, model, quantity, price_id, nano_usd, estimated, at)
     select 'l' || n, ${step}, 'embedding.tokens', 'gateway', '*', 1, 'q', 20, n % 400 = 0, ${at} from generate_series(1, 30000) n`,
    ...["quarter", "hour", "day"].map(
      (
        grain,
      ) => `insert into cost_rollups (grain, bucket, project_id, step, meter, provider, model, waste, quantity, nano_usd, entries)
     select '${grain}', date_trunc('${grain === "day" ? "day" : "hour"}', at), 'p' || n % 20, ${step}, meter, 'gateway', '*', waste, sum(1), sum(20), sum(1)
     from generate_series(1, 60000) n cross join lateral (select timestamptz '2026-03-01' - n * interval '8 minutes' as at,
       (array['compute.ms', 'qstash.messages', 'embedding.tokens'])[1 + n % 3] as meter,
       case when n % 40 = 0 then 'failed-attempt' end as waste) each group by 2, 3, 4, 5, 8`,
    ),
    ...["quarter", "hour", "day"].map(
      (
        grain,
      ) => `insert into ingest_rollups (grain, bucket, project_id, uploads, bytes, succeeded, failed, pages, chunks, searchable_ms)
     select '${grain}', date_trunc('${grain === "day" ? "day" : "hour"}', ${at}), 'p' || n % 20, sum(1), sum(9), sum(1), 0, sum(3), sum(4), sum(900)
     from generate_series(1, 30000) n group by 2, 3`,
    ),
    "analyze",
  ];
}

const planSchema = z.tuple([z.object({ "QUERY PLAN": z.tuple([z.object({ Plan: z.unknown() })]) })]);

test.each(panels)("$name reads a day by an index, however long the past is", async ({ panel }) => {
  const query = expandGrafana(grafanaQuery(panel).build().rawSql, {
    from: new Date(to.getTime() - dayMs),
    to,
    bucket: "1 hour",
  });
  const { rows } = await database.db.execute(sql.raw(`explain (format json) ${query}`));
  const plan = JSON.stringify(planSchema.parse(rows)[0]["QUERY PLAN"][0].Plan);
  const scanned = [...plan.matchAll(/"Node Type":"Seq Scan"[^}]*?"Relation Name":"(\w+)"/g)].map(
    ([, name]) => name,
  );
  // Small by their nature: what the tick folds each minute, and the projects.
  expect(scanned.filter((name) => !/_deltas$|^projects$/.test(name ?? ""))).toEqual([]);
});
