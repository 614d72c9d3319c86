import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { findDrift } from "../../../src/costs/budgets/find-drift.ts";
import { settleAbandoned } from "../../../src/costs/budgets/settle-abandoned.ts";
import { reservations } from "../../../src/db/schema/budgets.ts";
import { attempts } from "../../../src/db/schema/steps.ts";
import { releaseHolds } from "../../../src/jobs/release-holds.ts";
import type { WaybillError } from "../../../src/kernel/errors.ts";
import { searchChunks } from "../../../src/pipeline/files/search-chunks.ts";
import { accountOf, beginBudget, holdsOf, setLimit } from "../../support/budgets/budget-rows.ts";
import { ended, stepsOf, upload } from "../../support/ingest.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startServedStack();
});
afterAll(() => stack.close());

/** Lets the gateway do something to its next calls. */
async function gatewayFault(fault: Record<string, unknown>): Promise<void> {
  const { origin } = new URL(stack.variables.AI_GATEWAY_BASE_URL ?? "");
  const body = JSON.stringify({ match: "embedding", ...fault });
  expect((await fetch(`${origin}/__local/faults`, { method: "POST", body })).status).toBe(200);
}

test("an attempt stops when no budget has room for it to work longer, and begins anew when one has", async () => {
  // As others took: an attempt has set a second aside.
  await stack.database.db.execute(sql`
    insert into work_history select 'embed', generate_series(0, 20), 100, 1, now()`);
  await gatewayFault({ latencyMs: 4_000, times: 1 });
  await beginBudget(stack, "budget_slow", 0n, {
    scope: "project-step",
    projectId: stack.project.id,
    step: "embed",
  });
  const { fileId, runId } = await upload(stack, "slow.md", "# Slow\n\nA provider that takes its time.");
  const embedding = () => stepsOf(stack, runId).then((steps) => steps.find(({ name }) => name === "embed"));
  await expect.poll(async () => (await embedding())?.state, { timeout: 20_000 }).toBe("held");
  // Room for what embedding is expected to take, but not for twice that time.
  const [needed] = await holdsOf(stack, "budget_slow");
  await setLimit(stack, "budget_slow", needed?.neededNanoUsd ?? 0n);
  expect(await releaseHolds(stack.runtime)).toBe(1);
  await expect.poll(async () => (await embedding())?.leastWorkMs, { timeout: 20_000 }).toBe(2_000);
  await expect.poll(async () => (await embedding())?.state, { timeout: 20_000 }).toBe("held");
  expect(await embedding()).toMatchObject({
    heldReason: "budget_exhausted",
    leastWorkMs: 2_000,
    attemptCount: 0,
  });
  const [first] = await stack.database.db
    .select()
    .from(attempts)
    .where(eq(attempts.stepId, (await embedding())?.id ?? ""));
  expect(first).toMatchObject({ outcome: "held", errorCode: "budget_exhausted" });
  expect(await accountOf(stack, "budget_slow")).toMatchObject({ excessNanoUsd: 0n, unreservedNanoUsd: 0n });
  expect(await findDrift(stack.database.db)).toEqual([]);

  await setLimit(stack, "budget_slow", 10_000_000n);
  await releaseHolds(stack.runtime);
  expect(await ended(stack, fileId)).toMatchObject({ status: "succeeded" });
  expect(await holdsOf(stack, "budget_slow")).toMatchObject([{ endedBy: "room" }, { endedBy: "room" }]);
  expect(await findDrift(stack.database.db)).toEqual([]);
}, 90_000);

test("a search is paid within its project's budget, and refused without asking a provider when there is no room", async () => {
  await beginBudget(stack, "budget_search", 5_000n, {
    scope: "project-step",
    projectId: stack.project.id,
    step: "search",
  });
  const query = { project: "default", query: "a provider that takes its time", limit: 3 };
  expect((await searchChunks(stack.runtime, query)).length).toBeGreaterThan(0);
  const account = await accountOf(stack, "budget_search");
  expect(account).toMatchObject({ reservedNanoUsd: 0n, unreservedNanoUsd: 0n, excessNanoUsd: 0n });
  expect(account.settledNanoUsd).toBeGreaterThan(4_000n);

  const asked = await stack.usage("gateway");
  const refused = await searchChunks(stack.runtime, query).catch((error: WaybillError) => error);
  expect(refused).toMatchObject({
    code: "budget_exhausted",
    details: { budgetId: "budget_search", budget: "total budget of search in project default" },
  });
  expect(await stack.usage("gateway")).toEqual(asked);
  expect(await findDrift(stack.database.db)).toEqual([]);
});

test("a search whose provider fails pays for what it had bought", async () => {
  await setLimit(stack, "budget_search", 1_000_000n);
  const before = await accountOf(stack, "budget_search");
  await gatewayFault({ status: 400, times: 1 });
  const query = { project: "default", query: "nothing is found", limit: 3 };
  await expect(searchChunks(stack.runtime, query)).rejects.toMatchObject({ code: "provider_refused" });
  const after = await accountOf(stack, "budget_search");
  expect(after).toMatchObject({ settledNanoUsd: before.settledNanoUsd, reservedNanoUsd: 0n });
});

test("what was being bought when a process died is put down at the most that it may have cost", async () => {
  const { db, clock } = stack.runtime;
  // What a search leaves behind that has died before it put anything down.
  const spending = {
    projectId: stack.project.id,
    step: "search",
    lines: [{ place: 0, meter: "vector.queries", provider: "upstash", model: "*", quantity: 1 }],
  };
  const before = await accountOf(stack, "budget_search");
  await db.execute(sql`
    insert into reservations (id, keys, spending, granted_nano_usd, work_nano_usd, messages_nano_usd, work_ms, state, created_at)
    values ('res_dead', ${sql.param([`step:${stack.project.id}:search`])}::text[], ${JSON.stringify(spending)}::jsonb, 4000, 4000, 0, 0,
      'open', ${new Date(clock.now().getTime() - 11 * 60_000).toISOString()}::timestamptz)`);
  await db.execute(
    sql`update budget_accounts set reserved_nano_usd = 4000 where budget_id = 'budget_search'`,
  );
  expect(await settleAbandoned(stack.runtime)).toBe(1);
  expect(await settleAbandoned(stack.runtime)).toBe(0);
  const after = await accountOf(stack, "budget_search");
  expect(after.settledNanoUsd - before.settledNanoUsd).toBe(4_000n);
  const { rows } = await db.execute(sql`select estimated from ledger where estimated and step = 'search'`);
  expect(z.array(z.unknown()).parse(rows)).toHaveLength(1);
  const [gone] = await db.select().from(reservations).where(eq(reservations.id, "res_dead"));
  expect(gone).toMatchObject({ state: "closed", workNanoUsd: 0n });
  expect(await findDrift(db)).toEqual([]);
});
