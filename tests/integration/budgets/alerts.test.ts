import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { openBudget } from "../../../src/costs/budgets/open-budget.ts";
import { recordSpending } from "../../../src/costs/ledger/record-spending.ts";
import { budgetAlerts } from "../../../src/db/schema/budgets.ts";
import { sendAlerts } from "../../../src/jobs/send-alerts.ts";
import { createAdjustableClock } from "../../../src/kernel/clock.ts";
import { newBudget } from "../../support/budgets/new-budget.ts";
import { freePort } from "../../support/free-port.ts";
import { newEntry } from "../../support/new-entry.ts";
import { type Stack, startStack } from "../../support/stack.ts";

const received: unknown[] = [];
const port = await freePort();
let stack: Stack;
let server: ReturnType<typeof serve>;
/** The budgets' own time, which no other clock follows. */
const clock = createAdjustableClock({ frozenAt: new Date("2026-03-31T21:00:00Z") });

beforeAll(async () => {
  const app = new Hono();
  app.post("/alerts", async (c) => {
    received.push(await c.req.json());
    return c.json({});
  });
  server = serve({ fetch: app.fetch, port, hostname: "127.0.0.1" });
  stack = await startStack({ WAYBILL_ALERT_URL: `http://127.0.0.1:${port}/alerts` });
});
afterAll(async () => {
  server.close();
  await stack.close();
});

async function spend(id: string, tokens: number): Promise<void> {
  await recordSpending(stack.runtime, [newEntry(id, clock.now(), { quantity: tokens })]);
}

async function percents(): Promise<[number, string][]> {
  const rows = await stack.database.db
    .select()
    .from(budgetAlerts)
    .orderBy(budgetAlerts.windowStart, budgetAlerts.percent);
  return rows.map(({ percent, windowStart }) => [percent, windowStart.toISOString()]);
}

describe("the thresholds of a budget", () => {
  it("raise an alert each, once in a window, whatever crosses them", async () => {
    const budget = newBudget("budget_a", 1_000_000n, {
      timeWindow: "day",
      timeZone: "Europe/Berlin",
      mode: "soft",
    });
    await stack.database.db.transaction((tx) => openBudget(tx, budget, clock.now()));
    await spend("entry_1", 24_000);
    expect(await percents()).toEqual([]);
    await Promise.all(Array.from({ length: 8 }, (_, n) => spend(`entry_a${n}`, 1_000)));
    const today = "2026-03-30T22:00:00.000Z";
    expect(await percents()).toEqual([[50, today]]);
    // Two at once.
    await spend("entry_2", 20_000);
    expect(await percents()).toEqual([
      [50, today],
      [80, today],
      [100, today],
    ]);
    clock.advance(3_600_000);
    // Midnight in Berlin: another day.
    await spend("entry_3", 26_000);
    expect(await percents()).toEqual([
      [50, today],
      [80, today],
      [100, today],
      [50, "2026-03-31T22:00:00.000Z"],
    ]);
  });

  it("are told once each, through QStash, to the address that was set for it", async () => {
    expect(await Promise.all([sendAlerts(stack.runtime), sendAlerts(stack.runtime)])).toContain(4);
    expect(await sendAlerts(stack.runtime)).toBe(0);
    await expect.poll(() => received.length, { timeout: 10_000 }).toBe(4);
    expect(
      z
        .array(z.object({ percent: z.number() }))
        .parse(received)
        .map(({ percent }) => percent)
        .toSorted(),
    ).toEqual([100, 50, 50, 80]);
    expect(received).toContainEqual(
      expect.objectContaining({
        kind: "budget",
        budgetId: "budget_a",
        budget: "daily budget of the deployment",
        limitNanoUsd: "1000000",
        fileId: null,
      }),
    );
  });
});
