import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { AlertKind } from "../../../src/db/alert-kinds.ts";
import type { AlertRuleRow } from "../../../src/triage/alerts/alert-subject.ts";
import { findSubjects } from "../../../src/triage/alerts/find-subjects.ts";
import { listAlerts } from "../../../src/triage/alerts/list-alerts.ts";
import { plansOf, rowsTouched } from "../../support/plans.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const many = 20_000;
const now = new Date("2026-03-01T12:00:00Z");
let database: TestDatabase;

/**
 * Groups a minute apart, of which all but the newest ten have been told of; half of them came back. So are requeues, of
 * which half were stopped.
 */
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  const at = sql`${now.toISOString()}::timestamptz - (${many}::int - n) * interval '1 minute'`;
  await db.execute(sql`insert into alert_rules (id, name, kind, url, since, created_at, created_by)
    values ('rule_1', 'r', 'new-failure', 'https://a.test', '2025-01-01', '2025-01-01', 'a')`);
  await db.execute(sql`
    insert into failure_groups (id, state, step, code, message, files, standing, first_seen_at, last_seen_at, resolved_at)
    select 'group_' || n, case when n % 2 = 0 then 'open' else 'regressed' end, 'embed', 'c', 'm', n, n, ${at}, ${at}, ${at}
    from generate_series(1, ${many}::int) n`);
  await db.execute(sql`
    insert into alerts (id, rule_id, subject, text, path, at, sent_at)
    select 'alert_' || n, 'rule_1', 'group_' || n, 't', '/', ${at}, ${at} from generate_series(1, ${many - 10}::int) n`);
  await db.execute(sql`
    insert into requeue_plans (id, name, created_at, key_id, key_name, request, selected, included, facts, low_nano_usd, high_nano_usd)
    select 'rplan_' || n, 'a plan', ${at}, 'key_1', 'admin', '{}', 5, 5, '{}', 0, 0 from generate_series(1, ${many}::int) n`);
  await db.execute(sql`
    insert into requeues (id, plan_id, state, key_id, key_name, created_at, starts_at, finished_at, total, stopped_because)
    select 'requeue_' || n, 'rplan_' || n, case when n % 2 = 0 then 'done' else 'stopped' end, 'key_1', 'admin', ${at}, ${at},
           ${at}, 5, 'Its one canary failed; 100 % had to succeed.' from generate_series(1, ${many}::int) n`);
  await db.execute(sql`
    insert into alerts (id, rule_id, subject, text, path, at, sent_at)
    select 'alert_r' || n, 'rule_1', 'requeue_' || n, 't', '/', ${at}, ${at} from generate_series(1, ${many - 10}::int) n`);
  await db.execute(sql`analyze`);
});
afterAll(() => database.drop());

const ruleOf = (kind: AlertKind): AlertRuleRow => ({
  ...{
    id: "rule_1",
    name: "r",
    kind,
    minutes: null,
    standing: null,
    projectId: null,
    url: "https://a.test",
    paused: false,
  },
  ...{ since: new Date("2025-01-01"), createdAt: now, createdBy: "a", removedAt: null },
});

it.each([
  ["new-failure", 5],
  ["returned-failure", 20],
  ["stopped-requeue", 5],
] as const)("the tick looks for %s among those of a day alone", async (kind, expected) => {
  const { db, pool } = database;
  expect(await findSubjects(db, ruleOf(kind), now)).toHaveLength(expected);
  const nodes = await plansOf(pool, (logged) => findSubjects(logged, ruleOf(kind), now));
  // Of a day there are 1,440 at most, each looked up once among what was told.
  expect(rowsTouched(nodes)).toBeLessThan(5_000);
});

it("the tick looks for large failures among those alone by which as many files stand failed", async () => {
  const { db, pool } = database;
  const rule = { ...ruleOf("large-failure"), standing: many - 40 };
  // Those that it has told of, and the largest of the ten others.
  expect(await findSubjects(db, rule, now)).toHaveLength(40);
  const nodes = await plansOf(pool, (logged) => findSubjects(logged, rule, now));
  expect(rowsTouched(nodes)).toBeLessThan(500);
});

it("a page of what a rule has told is read along an index", async () => {
  const { db, pool } = database;
  const first = await listAlerts({ db }, { ruleId: "rule_1", limit: 20, cursor: null });
  const input = { ruleId: "rule_1", limit: 20, cursor: first.nextCursor };
  const second = await listAlerts({ db }, input);
  expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(40);
  const nodes = await plansOf(pool, (logged) => listAlerts({ db: logged }, input));
  expect(rowsTouched(nodes)).toBeLessThan(100);
});
