import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuditFilter } from "../../../src/triage/audit/audit-filter.ts";
import { listActors } from "../../../src/triage/audit/list-actors.ts";
import { listAudit } from "../../../src/triage/audit/list-audit.ts";
import { plansOf, rowsTouched } from "../../support/plans.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

const many = 20_000;
const limit = 20;
const budget = `budget_${"0".repeat(32)}`;
const group = `group_${"1".repeat(32)}`;
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await db.execute(sql`
    insert into projects (id, slug, name, created_at) values
    ('proj_1', 'contracts', 'Contracts', now()), ('proj_2', 'reports', 'Reports', now())`);
  await db.execute(sql`insert into failure_groups (id, step, code, message, first_seen_at, last_seen_at)
    values (${group}, 'embed', 'c', 'm', now(), now())`);
  await db.execute(
    sql`insert into failure_group_projects (project_id, group_id) values ('proj_2', ${group})`,
  );
  // Most are of one kind, by one person, about one project; the others lie far back.
  await db.execute(sql`
    insert into audit_entries (id, at, key_id, key_name, via, action, request, before, after)
    select 'aud_' || lpad(n::text, 6, '0'), '2026-01-01'::timestamptz + n * interval '1 minute',
           case when n <= 40 then 'key_2' else 'key_1' end, 'k', 'key',
           case when n <= 40 then 'budget.change' when n <= 80 then 'price.add' when n <= 200 then 'failure.note'
                else 'budget.create' end,
           case when n <= 40 then jsonb_build_object('budgetId', ${budget}::text)
                when n <= 80 then jsonb_build_object('provider', 'openai')
                when n <= 200 then jsonb_build_object('groupId', ${group}::text)
                else '{}' end,
           '{}', case when n > 200 then jsonb_build_object('project', 'contracts') else '{}' end
    from generate_series(1, ${many}::int) n`);
  await db.execute(sql`analyze`);
});
afterAll(() => database.drop());

const filters: [string, AuditFilter, number][] = [
  ["all", {}, many],
  ["rare ones of a kind", { actions: ["price.add"] }, 40],
  ["rare ones of several kinds", { actions: ["price.add", "budget.change"] }, 80],
  ["those of somebody who did little", { keyId: "key_2" }, 40],
  ["those about a budget", { subject: budget }, 40],
  ["those about a provider", { subject: "openai" }, 40],
  ["those of a large project", { projectId: "proj_1" }, many - 200],
  ["those of a small project", { projectId: "proj_2" }, 120],
  ["those about a group of failures in a project", { subject: group, projectId: "proj_2" }, 120],
  ["those before a time", { until: new Date("2026-01-02T00:00:00Z") }, 1_439],
];

describe("a page of the audit log, among thousands of entries", () => {
  it.each(filters)("is read along an index: %s", async (_, filter, expected) => {
    const { db, pool } = database;
    const first = await listAudit({ db }, { ...filter, limit, cursor: null });
    const input = { ...filter, limit, cursor: first.nextCursor };
    const second = await listAudit({ db }, input);
    expect(first.items).toHaveLength(limit);
    expect(second.items).toHaveLength(Math.min(limit, expected - limit));
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].toSorted().toReversed());
    for (const asked of [{ ...filter, limit, cursor: null }, input]) {
      const nodes = await plansOf(pool, (logged) => listAudit({ db: logged }, asked));
      // A few rows for each entry and kind, or all of the one thing that is asked for; never the log.
      expect(rowsTouched(nodes)).toBeLessThan(1_000);
    }
  });

  it("leaves out what is of another project or about something else", async () => {
    const of = (filter: AuditFilter) => listAudit(database, { ...filter, limit, cursor: null });
    expect((await of({ subject: group, projectId: "proj_1" })).items).toEqual([]);
    expect((await of({ subject: group, actions: ["price.add"] })).items).toEqual([]);
    expect((await of({ subject: "budget_unknown" })).items).toEqual([]);
  });

  it("knows who has entries by going from one to the next", async () => {
    const { db, pool } = database;
    expect((await listActors({ db })).map(({ id }) => id)).toEqual(["key_1", "key_2"]);
    const nodes = await plansOf(pool, (logged) => listActors({ db: logged }));
    expect(rowsTouched(nodes)).toBeLessThan(20);
  });
});
