import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { planOnce } from "../../src/db/plan-once.ts";
import { createTestDatabase, type TestDatabase } from "../support/postgres.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ maxConnections: 1 });
});
afterAll(() => database.drop());

const doubled = (number: number) => sql`${planOnce} select ${number}::int * 2 as doubled`;

it("a statement that asks for it is planned once by a connection, in transactions and outside, and no other", async () => {
  const { db } = database;
  expect((await db.execute(doubled(2))).rows).toEqual([{ doubled: 4 }]);
  await db.transaction(async (tx) => {
    expect((await tx.execute(doubled(3))).rows).toEqual([{ doubled: 6 }]);
  });
  expect((await db.execute(sql`select ${5}::int as other`)).rows).toEqual([{ other: 5 }]);
  const { rows } = await db.execute(
    sql`select statement, (generic_plans + custom_plans)::int as runs from pg_prepared_statements`,
  );
  const kept = z.array(z.object({ statement: z.string(), runs: z.number() })).parse(rows);
  expect(kept).toEqual([{ statement: "/* plan once */ select $1::int * 2 as doubled", runs: 2 }]);
});
