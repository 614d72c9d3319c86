import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/neon-serverless";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { newTraceId } from "../../src/kernel/ids.ts";
import { createLog } from "../../src/kernel/log.ts";
import { createTelemetry, type Telemetry } from "../../src/telemetry/create-telemetry.ts";
import { ended, upload } from "../support/ingest.ts";
import { startServedStack } from "../support/served-stack.ts";
import type { Stack } from "../support/stack.ts";

vi.setConfig({ testTimeout: 60_000 });

describe("a trace store that refuses", () => {
  let stack: Stack;
  const lines: string[] = [];
  beforeAll(async () => {
    stack = await startServedStack({}, { log: createLog("warn", { write: (line) => lines.push(line) }) });
  });
  afterAll(() => stack.close());

  test("fails no job, and says how many spans it did not take", async () => {
    const { db } = stack.database;
    await db.execute(sql`alter table spans rename to spans_elsewhere`);
    const { fileId } = await upload(stack, "untraced.md", "# Untraced\n\nIngested all the same.");
    expect(await ended(stack, fileId, 45_000)).toMatchObject({ status: "succeeded", errorCode: null });
    await stack.runtime.telemetry.flush();
    expect(stack.runtime.telemetry.dropped()).toBeGreaterThan(10);
    expect(lines.some((line) => line.includes("the trace store refused a batch of spans"))).toBe(true);
    await db.execute(sql`alter table spans_elsewhere rename to spans`);
  });

  test("is written to again when it takes spans", async () => {
    const before = stack.runtime.telemetry.dropped();
    const { fileId, runId } = await upload(stack, "traced.md", "# Traced\n\nIngested and traced.");
    await ended(stack, fileId, 45_000);
    await stack.runtime.telemetry.flush();
    expect(stack.runtime.telemetry.dropped()).toBe(before);
    const { rows } = await stack.database.db.execute(
      sql`select count(*)::int as found from spans where run_id = ${runId}`,
    );
    expect(rows[0]?.found).toBeGreaterThan(10);
  });

  test("holds nobody up while it does not answer", async () => {
    const lock = await stack.database.pool.connect();
    await lock.query("begin; lock table spans in access exclusive mode");
    const { fileId } = await upload(stack, "locked.md", "# Locked\n\nThe table of spans is locked.");
    expect(await ended(stack, fileId, 45_000)).toMatchObject({ status: "succeeded" });
    await lock.query("rollback");
    lock.release();
  });
});

describe("more spans than can wait for the store", () => {
  let telemetry: Telemetry;
  beforeEach(() => {
    const db = drizzle.mock();
    telemetry = createTelemetry({
      db,
      log: createLog("silent"),
      enabled: true,
      deployment: "test",
      requestRatio: 1,
    });
  });

  test("are dropped at once and counted, one by one", () => {
    const ids = { traceId: newTraceId(), parentSpanId: null };
    for (let span = 0; span < 20_000; span += 1) telemetry.tracer.start("x", ids, {}).end();
    const first = telemetry.dropped();
    expect(first).toBeGreaterThan(0);
    telemetry.tracer.start("x", ids, {}).end();
    expect(telemetry.dropped()).toBe(first + 1);
  });
});
