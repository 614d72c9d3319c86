import { afterAll, beforeAll, expect, test } from "vitest";
import { createEmptyDatabase, type EmptyDatabase } from "../../../tests/support/postgres.ts";
import { migrateService } from "./database.ts";
import { createUsage, usageRoutes, usageTable } from "./usage.ts";

let database: EmptyDatabase;
beforeAll(async () => {
  database = await createEmptyDatabase();
});
afterAll(() => database.drop());

test("no count is lost when many are made at once, nor when the service starts again", async () => {
  const migrations = [usageTable("counted")];
  await migrateService(database.pool, "counted", migrations);
  const usage = createUsage(database.pool, "counted");
  await Promise.all(Array.from({ length: 100 }, (_, i) => usage.add(i % 2 ? "odd" : "even", i)));

  await migrateService(database.pool, "counted", migrations);
  const again = createUsage(database.pool, "counted");
  await again.add("even");
  const answer = await usageRoutes(again).request("/__local/usage");
  expect(await answer.json()).toEqual({ even: 2451, odd: 2500 });
});

test("a migration that was applied is not applied again, a new one is", async () => {
  const first = "CREATE TABLE grown.a (id int)";
  await Promise.all([1, 2].map(() => migrateService(database.pool, "grown", [first])));
  await migrateService(database.pool, "grown", [first, "CREATE TABLE grown.b (id int)"]);
  const { rows } = await database.pool.query("SELECT version FROM grown.versions ORDER BY 1");
  expect(rows.map((row) => row.version)).toEqual([1, 2]);
});
