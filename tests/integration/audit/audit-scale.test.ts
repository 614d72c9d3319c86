import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listAudit } from "../../../src/triage/list-audit.ts";
import { plansOf, rowsTouched } from "../../support/plans.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

const many = 5000;
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await db.execute(
    sql`insert into api_keys (id, name, hint, hash, role, created_at) values ('key_1', 'k', 'wbl', 'h', 'admin', now())`,
  );
  await db.execute(sql`
    insert into audit_entries (id, at, key_id, key_name, via, action, request, before, after)
    select 'aud_' || n, '2026-01-01'::timestamptz + n * interval '1 minute', 'key_1', 'k', 'key', 'budget.create',
           '{}', '{}', '{}' from generate_series(1, ${many}::int) n`);
  await db.execute(sql`analyze`);
});
afterAll(() => database.drop());

test("a page of the audit log is read from its index among thousands of entries", async () => {
  const { db, pool } = database;
  const first = await listAudit({ db }, { limit: 20, cursor: null });
  const input = { limit: 20, cursor: first.nextCursor };
  const { items } = await listAudit({ db }, input);
  expect(items[0]?.id).toBe(`aud_${many - 20}`);
  const nodes = await plansOf(pool, (logged) => listAudit({ db: logged }, input));
  expect(rowsTouched(nodes)).toBeLessThan(200);
});
