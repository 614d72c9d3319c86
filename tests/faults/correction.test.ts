import { spawn } from "node:child_process";
import { once } from "node:events";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { findDrift } from "../../src/costs/budgets/find-drift.ts";
import { openBudget } from "../../src/costs/budgets/open-budget.ts";
import { recordSpending } from "../../src/costs/ledger/record-spending.ts";
import { sumCosts } from "../../src/costs/rollups/sum-costs.ts";
import type { FaultPointName } from "../../src/kernel/fault-point.ts";
import { tick } from "../../src/pipeline/tick.ts";
import type { Meter } from "../../src/telemetry/names.ts";
import { newBudget } from "../support/budgets/new-budget.ts";
import { newEntry } from "../support/new-entry.ts";
import { putPrice } from "../support/new-price.ts";
import { type Stack, startStack } from "../support/stack.ts";

/** Three batches, the last of them short. */
const entries = 1_200;
const at = (n: number) => new Date(Date.UTC(2026, 5, 1) + n * 1_000);

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
  await stack.database.db.transaction((tx) => openBudget(tx, newBudget("budget_all", 1_000_000_000n), at(0)));
});
afterAll(() => stack.close());

/** Records entries at a price and adds another that concerns them all. */
async function wrongPrice(meter: Meter): Promise<string> {
  const name = `a provider of ${meter}`;
  const of = { provider: name, meter };
  await putPrice(stack.database.db, at(0), { ...of, nanoUsd: 20n });
  const ids = Array.from({ length: entries }, (_, n) => n);
  await recordSpending(
    stack.runtime,
    ids.map((n) => newEntry(`${name}_${n}`, at(n), { ...of, quantity: 1 })),
  );
  await putPrice(stack.database.db, at(0), { ...of, nanoUsd: 23n });
  return name;
}

/** Corrects in a process that dies when it passes the point for the second time. */
async function dieAt(point: FaultPointName): Promise<void> {
  const child = spawn(process.execPath, ["tests/faults/correction-process.ts"], {
    env: { ...process.env, ...stack.variables, WAYBILL_FAULT_POINT: point, WAYBILL_FAULT_AFTER: "2" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [, signal] = await once(child, "exit");
  expect(signal).toBe("SIGKILL");
}

async function adjusted(name: string) {
  const { rows } = await stack.database.db.execute(sql`
    select count(*)::int as entries, coalesce(sum(nano_usd), 0)::int as nano, count(distinct adjusts)::int as of
    from ledger where provider = ${name} and adjusts is not null`);
  return z.object({ entries: z.number(), nano: z.number(), of: z.number() }).parse(rows[0]);
}

describe("a correction whose process is killed", () => {
  it.each<[FaultPointName, number, Meter]>([
    ["correction.locked", 500, "sandbox.ms"],
    ["correction.recorded", 500, "sandbox.memory"],
    ["correction.committed", 1_000, "vector.storage"],
  ])("at %s keeps what was committed, and the tick goes on from there", async (point, kept, meter) => {
    const name = await wrongPrice(meter);
    await dieAt(point);
    expect(await adjusted(name)).toEqual({ entries: kept, nano: kept * 3, of: kept });
    await tick(stack.runtime, { messageId: `msg_${name}`, retried: 0, sender: undefined });
    expect(await adjusted(name)).toEqual({ entries, nano: entries * 3, of: entries });
    const { rows } = await stack.database.db.execute("select sum(nano_usd)::text as spent from ledger");
    expect((await sumCosts(stack.database.db, {})).toString()).toBe(rows[0]?.spent);
    expect(await findDrift(stack.database.db)).toEqual([]);
  });
});
