import { afterAll, beforeAll, expect, test } from "vitest";
import { createEmptyDatabase, type EmptyDatabase } from "../../../tests/support/postgres.ts";
import { createAdjustableClock } from "../../kernel/clock.ts";
import { migrateService } from "./database.ts";
import { createUsage, usageByMinuteTable, usageRoutes, usageTable } from "./usage.ts";

const clock = createAdjustableClock({ frozenAt: new Date("2026-03-01T09:59:30Z") });
let database: EmptyDatabase;
beforeAll(async () => {
  database = await createEmptyDatabase();
});
afterAll(() => database.drop());

test("no count is lost when many are made at once, nor when the service starts again", async () => {
  const migrations = [usageTable("counted"), usageByMinuteTable("counted")];
  await migrateService(database.pool, "counted", migrations);
  const usage = createUsage(database.pool, "counted", clock);
  await Promise.all(Array.from({ length: 100 }, (_, i) => usage.add(i % 2 ? "odd" : "even", i)));

  await migrateService(database.pool, "counted", migrations);
  const again = createUsage(database.pool, "counted", clock);
  await again.add("even");
  const answer = await usageRoutes(again).request("/__local/usage");
  expect(await answer.json()).toEqual({ even: 2451, odd: 2500 });
});

test("what was counted is told by the time at which it was", async () => {
  await migrateService(database.pool, "timed", [usageTable("timed"), usageByMinuteTable("timed")]);
  const usage = createUsage(database.pool, "timed", clock);
  await usage.add("calls", 2);
  clock.advance(60_000);
  await usage.add("calls", 3);
  const ask = async (query: string) => {
    const answer = await usageRoutes(usage).request(`/__local/usage?${query}`);
    return { status: answer.status, body: await answer.json() };
  };
  const until = async (to: string) => (await ask(`from=2026-03-01T09:00:00Z&to=${to}`)).body;
  expect(await until("2026-03-01T09:59:00Z")).toEqual({});
  expect(await until("2026-03-01T10:00:00Z")).toEqual({ calls: 2 });
  expect(await until("2026-03-01T11:00:00Z")).toEqual({ calls: 5 });
  expect(await ask("from=yesterday")).toMatchObject({ status: 400 });
  const span = { fromMs: Date.parse("2026-03-01T00:00:00Z"), toMs: Date.parse("2026-03-02T00:00:00Z") };
  expect(await usage.readHours(span)).toEqual(
    new Map([
      [Date.parse("2026-03-01T09:00:00Z"), { calls: 2 }],
      [Date.parse("2026-03-01T10:00:00Z"), { calls: 3 }],
    ]),
  );
});

test("a migration that was applied is not applied again, a new one is", async () => {
  const first = "CREATE TABLE grown.a (id int)";
  await Promise.all([1, 2].map(() => migrateService(database.pool, "grown", [first])));
  await migrateService(database.pool, "grown", [first, "CREATE TABLE grown.b (id int)"]);
  const { rows } = await database.pool.query("SELECT version FROM grown.versions ORDER BY 1");
  expect(rows.map((row) => row.version)).toEqual([1, 2]);
});
