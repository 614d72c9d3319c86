import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Db } from "../../../src/db/client.ts";
import { createAdjustableClock } from "../../../src/kernel/clock.ts";
import { countQueue } from "../../../src/triage/queue/count-queue.ts";
import { listQueueSteps } from "../../../src/triage/queue/list-queue-steps.ts";
import { plansOf, rowsTouched } from "../../support/plans.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const clock = createAdjustableClock({ frozenAt: new Date("2026-03-01T12:00:00Z") });

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  for (const statement of manySteps()) await database.db.execute(sql.raw(statement));
});
afterAll(() => database.drop());

/** 200,000 steps, of which a tenth is queued and a tenth in backoff. */
function manySteps(): string[] {
  const at = "timestamptz '2026-03-01' - n * interval '1 second'";
  const later = "timestamptz '2026-03-01 12:00:01' + n * interval '1 second'";
  return [
    "insert into projects (id, slug, name, created_at) values ('p1', 'p1', 'p', now())",
    `insert into files (id, project_id, name, content_hash, status, bytes, media_type, blob_url, latest_run_id, created_at, updated_at)
     select 'f' || n, 'p1', 'a', 'h' || n, 'running', 1, 'text/plain', 'b', 'r' || n, ${at}, ${at} from generate_series(1, 20000) n`,
    `insert into runs (id, file_id, number, graph_version, settings, status, trace_id, root_span_id, created_at)
     select 'r' || n, 'f' || n, 1, 1, '{}', 'running', 't' || n, 's', ${at} from generate_series(1, 20000) n`,
    `insert into steps (id, run_id, name, shard, state, input, flow_key, max_attempts, time_limit_ms, queued_at, expected_by, next_attempt_at, dispatch)
     select 's' || n || '-' || k, 'r' || n, 'extract', k, case when k < 2 then 'queued' else 'succeeded' end, '{}', 'k', 4, 120000,
            ${at}, case when k < 2 then ${later} end, case when k = 1 then ${later} end, 1
     from generate_series(1, 20000) n, generate_series(0, 9) k`,
    `insert into outbox (id, step_id, dispatch, publish_after, created_at, published_at, message_id)
     select 'o' || id, id, 1, queued_at, queued_at, queued_at, 'm' || id from steps`,
    `insert into attempts (id, step_id, run_id, number, fence, span_id, message_id, retried, deployment, outcome, started_at, finished_at)
     select 'a' || id, id, run_id, 1, 1, 's', 'm', 0, 'd', 'succeeded', queued_at, queued_at from steps where state = 'succeeded'`,
    "analyze",
  ];
}

const page = (db: Db, list: "in-flight" | "delayed", cursor: string | null = null, limit = 50) =>
  listQueueSteps({ db, clock }, { list, cursor, limit });

test.each(["in-flight", "delayed"] as const)(
  "among 200,000 steps, a page of those %s is read by indexes",
  async (list) => {
    const { nextCursor } = await page(database.db, list);
    expect(nextCursor).not.toBeNull();
    const nodes = await plansOf(database.pool, (db) => page(db, list, nextCursor));
    const scanned = nodes
      .filter((node) => node["Node Type"] === "Seq Scan")
      .map((node) => node["Relation Name"]);
    expect(scanned.filter((name) => name !== "projects")).toEqual([]);
    expect(rowsTouched(nodes)).toBeLessThan(1_000);
  },
);

test("their counts end at a limit", async () => {
  expect(await countQueue({ db: database.db, clock })).toEqual({
    ...{ running: 0, sent: 10_000, unsent: 0, delayed: 10_000, held: 0, overdue: 0, cappedAt: 10_000 },
  });
  const nodes = await plansOf(database.pool, (db) => countQueue({ db, clock }));
  // Of 400,000 rows: up to 10,000 for each count, of which some are met in the index and in the table.
  expect(rowsTouched(nodes)).toBeLessThan(100_000);
});

test("pages follow each other without a gap, the next delivery first", async () => {
  const whole = await page(database.db, "delayed", null, 90);
  const read: string[] = [];
  let cursor: string | null = null;
  for (let at = 0; at < 3; at += 1) {
    const next = await page(database.db, "delayed", cursor, 30);
    read.push(...next.items.map(({ stepId }) => stepId));
    cursor = next.nextCursor;
  }
  expect(read).toEqual(whole.items.map(({ stepId }) => stepId));
  expect(read[0]).toBe("s1-1");
});
