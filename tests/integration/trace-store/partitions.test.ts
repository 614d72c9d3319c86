import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createAdjustableClock } from "../../../src/kernel/clock.ts";
import { insertSpans } from "../../../src/telemetry/store/insert-spans.ts";
import { preparePartitions } from "../../../src/telemetry/store/prepare-partitions.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";
import { partitions, placesOfSpans, spanAt, storeSpansAt } from "./spans.ts";

const day = 86_400_000;
let database: TestDatabase;
let ctx: { db: TestDatabase["db"]; clock: ReturnType<typeof createAdjustableClock> };
beforeEach(async () => {
  database = await createTestDatabase();
  ctx = { db: database.db, clock: createAdjustableClock({ frozenAt: new Date("2026-03-30T23:59:00Z") }) };
});
afterEach(() => database.drop());

test("a store without any partition takes every span", async () => {
  await storeSpansAt(ctx.db, [
    "1999-01-01T00:00:00.000Z",
    "2026-03-30T23:59:59.999Z",
    "2099-12-31T00:00:00.000Z",
  ]);
  expect(Object.values(await placesOfSpans(ctx.db))).toEqual(Array(3).fill("spans_default"));
});

test("today and the next days have their partitions beforehand, and a second pass makes none", async () => {
  expect(await preparePartitions(ctx)).toBe(4);
  const made = ["spans_20260330", "spans_20260331", "spans_20260401", "spans_20260402"];
  expect(await partitions(ctx.db)).toEqual(made);
  expect(await preparePartitions(ctx)).toBe(0);
  ctx.clock.advance(2 * 60_000);
  expect(await preparePartitions(ctx)).toBe(1);
  expect(await partitions(ctx.db)).toEqual([...made, "spans_20260403"]);
});

test("a span lies in the partition of its UTC day, at both ends of it", async () => {
  await preparePartitions(ctx);
  await storeSpansAt(ctx.db, [
    "2026-03-31T00:00:00.000Z",
    "2026-03-31T23:59:59.999Z",
    "2026-04-01T00:00:00.000Z",
  ]);
  expect(await placesOfSpans(ctx.db)).toEqual({
    span0: "spans_20260331",
    span1: "spans_20260331",
    span2: "spans_20260401",
  });
});

test("what the default partition took is swept into its day; what is far ahead stays until then", async () => {
  await storeSpansAt(ctx.db, [
    "2026-02-01T12:00:00.000Z",
    "2026-03-30T23:58:00.000Z",
    "2026-05-01T00:00:00.000Z",
  ]);
  expect(await preparePartitions(ctx)).toBe(5);
  const swept = { span0: "spans_20260201", span1: "spans_20260330", span2: "spans_default" };
  expect(await placesOfSpans(ctx.db)).toEqual(swept);
  ctx.clock.advance(31 * day);
  await preparePartitions(ctx);
  expect(await placesOfSpans(ctx.db)).toEqual({ ...swept, span2: "spans_20260501" });
});

test("a span that is written again is one row, in its day or before it was swept there", async () => {
  const times = ["2026-03-30T12:00:00.000Z"];
  await storeSpansAt(ctx.db, times);
  await storeSpansAt(ctx.db, times);
  await preparePartitions(ctx);
  await storeSpansAt(ctx.db, times);
  expect(await placesOfSpans(ctx.db)).toEqual({ span0: "spans_20260330" });
});

test("spans that are on their way to the default partition while their day is attached are kept", async () => {
  const { pool } = database;
  const blocker = await pool.connect();
  await blocker.query("begin");
  // The pass waits for this write to end, and what is stored then waits behind the pass.
  await blocker.query("lock table spans_default in row exclusive mode");
  const preparing = preparePartitions(ctx);
  await waiting(1);
  const storing = insertSpans(ctx.db, [spanAt("2026-03-30T12:00:00.000Z", "late")]);
  await waiting(2);
  await blocker.query("commit");
  blocker.release();
  await storing;
  expect(await preparing).toBe(4);
  expect(await placesOfSpans(ctx.db)).toEqual({ late: "spans_20260330" });
});

test("a store whose lock is not to be had is left as it is, and made ready by a later pass", async () => {
  const blocker = await database.pool.connect();
  await blocker.query("begin");
  // As a write does that has not come to its end.
  await blocker.query("lock table spans_default in row exclusive mode");

  expect(await preparePartitions(ctx)).toBe(0);
  await blocker.query("rollback");
  blocker.release();
  expect(await preparePartitions(ctx)).toBe(4);
});

test("passes at the same moment make each partition once", async () => {
  const made = await Promise.all([preparePartitions(ctx), preparePartitions(ctx), preparePartitions(ctx)]);
  expect(made.reduce((sum, count) => sum + count, 0)).toBe(4);
});

/** Resolves when so many statements wait for a lock. */
async function waiting(count: number): Promise<void> {
  await expect
    .poll(async () => {
      const { rows } = await ctx.db.execute(sql`select count(*)::int as count from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`);
      return rows[0]?.count;
    })
    .toBe(count);
}
