import { Client } from "@upstash/qstash";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { seedPriceBook } from "../../../src/costs/prices/seed-price-book.ts";
import { sumCosts } from "../../../src/costs/rollups/sum-costs.ts";
import { ledger } from "../../../src/db/schema/costs.ts";
import type { Delivery } from "../../../src/jobs/receive.ts";
import { retain } from "../../../src/jobs/retain.ts";
import { createAdjustableClock } from "../../../src/kernel/clock.ts";
import { createLog } from "../../../src/kernel/log.ts";
import { createTelemetry, type Telemetry } from "../../../src/telemetry/create-telemetry.ts";
import { preparePartitions } from "../../../src/telemetry/store/prepare-partitions.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";
import { startServedStack } from "../../support/served-stack.ts";
import { partitions, placesOfSpans, storeSpansAt } from "./spans.ts";

const clock = createAdjustableClock({ frozenAt: new Date("2026-03-30T03:17:00Z") });
const delivery: Delivery = { messageId: "msg_retention", retried: 0, sender: undefined };

let database: TestDatabase;
let telemetry: Telemetry;
beforeAll(async () => {
  database = await createTestDatabase();
  const options = { enabled: false, deployment: "test", requestRatio: 0 };
  telemetry = createTelemetry({ ...options, db: database.db, log: createLog("silent") });
  await seedPriceBook(database);
});
afterAll(async () => {
  await telemetry.close();
  await database.drop();
});
beforeEach(() => database.db.execute(sql`delete from spans`));

const keepTen = (from = delivery) =>
  retain({ db: database.db, clock, telemetry, deployment: "test" }, from, { keepDays: 10 });

test("days older than the setting are dropped whole, younger ones and the next days stay", async () => {
  const days = ["2026-01-05", "2026-03-19", "2026-03-20", "2026-03-30"];
  await storeSpansAt(
    database.db,
    days.map((day) => `${day}T23:59:59.000Z`),
  );
  await preparePartitions({ db: database.db, clock });
  expect(await keepTen()).toEqual({ kind: "done" });
  expect(Object.keys(await placesOfSpans(database.db))).toEqual(["span2", "span3"]);
  const kept = ["spans_20260320", "spans_20260330", "spans_20260331", "spans_20260401", "spans_20260402"];
  expect(await partitions(database.db)).toEqual(kept);
  expect(await keepTen()).toEqual({ kind: "done" });
  expect(await partitions(database.db)).toEqual(kept);
});

test("old spans in the default partition go too, and with them nothing else", async () => {
  await storeSpansAt(database.db, ["2025-12-31T00:00:00.000Z", "2026-07-01T00:00:00.000Z"]);
  await keepTen();
  expect(await placesOfSpans(database.db)).toEqual({ span1: "spans_default" });
});

test("its message stands in the ledger once, however often it is delivered; the ledger and the sums by time are kept", async () => {
  const other = { ...delivery, messageId: "msg_once" };
  await keepTen(other);
  const month = { from: new Date("2026-03-01T00:00:00Z"), to: new Date("2026-04-01T00:00:00Z") };
  const spent = await sumCosts(database.db, { step: "retention" }, month);
  expect(spent).toBeGreaterThan(0n);
  clock.advance(400 * 86_400_000);
  await keepTen(other);
  expect(await sumCosts(database.db, { step: "retention" }, month)).toBe(spent);
  const entries = await database.db.select().from(ledger).where(eq(ledger.step, "retention"));
  expect(entries.filter(({ at }) => at < new Date("2026-04-01"))).toHaveLength(2);
  expect(entries).toHaveLength(2);
});

test("a day that a long read holds is left for the next pass, and the others are dropped", async () => {
  const { db, pool } = database;
  const at = createAdjustableClock({ frozenAt: new Date("2026-03-30T03:17:00Z") });
  await storeSpansAt(db, ["2026-02-01T00:00:00.000Z"]);
  await preparePartitions({ db, clock: at });
  const reader = await pool.connect();
  await reader.query("begin");
  await reader.query("select count(*) from spans_20260201");
  await retain({ db, clock: at, telemetry, deployment: "test" }, delivery, { keepDays: 10 });
  expect(await partitions(db)).toContain("spans_20260201");
  await reader.query("commit");
  reader.release();
  await retain({ db, clock: at, telemetry, deployment: "test" }, delivery, { keepDays: 10 });
  expect(await partitions(db)).not.toContain("spans_20260201");
});

test("QStash's message to the job's route runs it", async () => {
  const stack = await startServedStack();
  try {
    const { db } = stack.database;
    await storeSpansAt(db, ["2020-01-01T00:00:00.000Z", new Date().toISOString()]);
    const client = new Client({ baseUrl: stack.env.QSTASH_URL, token: stack.env.QSTASH_TOKEN });
    await client.publish({ url: `${stack.env.WAYBILL_URL}/api/jobs/retention` });
    const named = async () => Object.keys(await placesOfSpans(db)).filter((id) => id.startsWith("span"));
    await expect.poll(named, { timeout: 10_000 }).toEqual(["span1"]);
    await expect
      .poll(
        async () =>
          (await db.execute(sql`select attributes from spans where name = 'process retention'`)).rows,
      )
      .toMatchObject([
        {
          attributes: { "waybill.outcome": "succeeded", "messaging.destination.name": "/api/jobs/retention" },
        },
      ]);
    const entries = await db.select().from(ledger).where(eq(ledger.step, "retention"));
    expect(entries).toMatchObject([{ meter: "qstash.messages", quantity: 1, fileId: null }]);
  } finally {
    await stack.close();
  }
});
