import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { removeBudget } from "../../../src/costs/budgets/change-budget.ts";
import { failureGroupFiles } from "../../../src/db/schema/failures.ts";
import { releaseHolds } from "../../../src/jobs/release-holds.ts";
import { beginBudget, setLimit } from "../../support/budgets/budget-rows.ts";
import { ended, upload } from "../../support/ingest.ts";
import { isProved, startPlans } from "../../support/plans-of-requeues.ts";
import { failedFile, gatewayAnswers, startTriage } from "../../support/requeue.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

vi.setConfig({ testTimeout: 90_000 });

let stack: Stack;
let triage: Awaited<ReturnType<typeof startTriage>>;
let plans: Awaited<ReturnType<typeof startPlans>>;
beforeAll(async () => {
  stack = await startServedStack();
  triage = await startTriage(stack);
  plans = await startPlans(stack);
});
afterAll(() => stack.close());

/** What one delivery of QStash costs by the price book, in nano-USD. */
const messageNanoUsd = 10_000n;

/** Files that failed at embed. */
async function failed(name: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 1; n <= count; n += 1) ids.push((await failedFile(stack, `${name}-${n}.md`)).fileId);
  return ids;
}

const files = (ids: readonly string[]) => ({ kind: "files" as const, files: [...ids] });

describe("a plan", () => {
  it("freezes the files, the steps, what is left out and why, and what it may cost", async () => {
    const [failedId = ""] = await failed("frozen", 1);
    const done = await upload(stack, "done.md", "# Done\n\nNothing failed here.");
    await ended(stack, done.fileId);
    const plan = await plans.plan({ selection: files([failedId, done.fileId, "file_nowhere"]) });
    expect(plan).toMatchObject({ selected: 3, included: 1, requeueId: null, changed: [], held: 0 });
    expect(plan.excluded).toEqual(
      expect.arrayContaining([
        { reason: "gone", files: 1 },
        { reason: "nothing-failed", files: 1 },
      ]),
    );
    const stages = Object.fromEntries(plan.stages.map(({ step, runs, reused }) => [step, [runs, reused]]));
    expect(stages).toEqual({
      inspect: [0, 1],
      extract: [0, 1],
      chunk: [0, 1],
      embed: [1, 0],
      index: [1, 0],
      finalize: [1, 0],
    });
    const { lowNanoUsd, highNanoUsd } = plan.cost;
    expect(BigInt(lowNanoUsd)).toBeGreaterThan(0n);
    expect(BigInt(highNanoUsd)).toBeGreaterThan(BigInt(lowNanoUsd));
    const first = await plans.planFiles(plan.id, "?limit=2");
    const rest = await plans.planFiles(plan.id, `?limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest.items].map(({ fileId, excluded }) => [fileId, excluded])).toEqual([
      [failedId, null],
      [done.fileId, "nothing-failed"],
      ["file_nowhere", "gone"],
    ]);
    expect((await plans.planFiles(plan.id, "?excluded=gone")).items).toHaveLength(1);
  });

  it("asks at least for one delivery a file, as one may go on in place with all steps", async () => {
    const ids = await failed("delivered", 2);
    // Work that takes no time costs nothing: what is left is messages, and what embedding so few words costs.
    await stack.database.db.execute(sql`
      insert into work_history (step, size_class, p50_ms, p95_ms, attempts, computed_at)
      select step, size, 0, 2000, 20, now() from unnest(array['embed', 'index', 'finalize']) step, generate_series(0, 8) size
      on conflict (step, size_class) do update set p50_ms = 0`);
    const { cost } = await plans.plan({ selection: files(ids) });
    const messages = 2n * messageNanoUsd;
    expect(BigInt(cost.lowNanoUsd)).toBeGreaterThanOrEqual(messages);
    expect(BigInt(cost.lowNanoUsd)).toBeLessThan(messages + messageNanoUsd);
  });

  it("leaves poison out unless it is asked for", async () => {
    const [poison = "", other = ""] = await failed("poison", 2);
    const { db } = stack.database;
    const [row] = await db
      .update(failureGroupFiles)
      .set({ times: 3 })
      .where(eq(failureGroupFiles.fileId, poison))
      .returning();
    const selection = { kind: "group" as const, group: row?.groupId ?? "" };
    const without = await plans.plan({ selection });
    expect(without.excluded).toContainEqual({ reason: "poison", files: 1 });
    expect(without.included).toBe(without.selected - 1);
    const withPoison = await plans.plan({ selection, options: { includePoison: true } });
    expect([withPoison.included, withPoison.excluded]).toEqual([withPoison.selected, []]);
    const small = { ...selection, where: { attribute: "size" as const, value: "0-100000" } };
    expect((await plans.plan({ selection: small })).selected).toBe(without.selected);
    const large = { ...selection, where: { attribute: "size" as const, value: "10000001-" } };
    expect((await plans.plan({ selection: large })).selected).toBe(0);
    const { items } = await plans.planFiles(without.id);
    expect(items.map(({ fileId }) => fileId)).toEqual(expect.arrayContaining([poison, other]));
  });

  it("that leaves everything out cannot be carried out, and says so", async () => {
    const plan = await plans.plan({ selection: files(["file_nowhere"]) });
    expect(await plans.refusal(`plans/${plan.id}/execute`)).toMatchObject({
      status: 409,
      code: "plan_empty",
    });
    expect(await plans.refusal("plans/rplan_none/execute")).toMatchObject({
      status: 404,
      code: "plan_not_found",
    });
  });
});

describe("a plan that is carried out", () => {
  it("sends each file once, and proves with its receipt what came of it", async () => {
    const ids = await failed("mended", 3);
    const plan = await plans.plan({ selection: files(ids), name: "After the outage" });
    const { requeueId } = await plans.execute(plan.id, "once");
    expect((await plans.execute(plan.id, "once")).requeueId).toBe(requeueId);
    const told = await plans.refusal(`plans/${plan.id}/execute`);
    expect(told).toMatchObject({ status: 409, code: "plan_executed", details: { requeueId } });

    const requeue = await plans.reached(requeueId, isProved);
    expect(requeue).toMatchObject({ name: "After the outage", state: "done", failedAgain: [], skipped: [] });
    expect(requeue.counts).toMatchObject({ total: 3, succeeded: 3, pending: 0, sent: 0, failed: 0 });
    // Embed is sent; index and finalize go on in place, and are sent only when their time is over.
    expect(requeue.messages.sent).toBeGreaterThanOrEqual(3);
    expect(requeue.messages.swallowed).toBe(0);
    expect(requeue.proof).toMatchObject({ missing: 0, orphans: 0, duplicates: 0, vectorsBefore: 0 });
    expect(requeue.proof?.vectorsAfter).toBe(3);
    expect(BigInt(requeue.costNanoUsd)).toBeGreaterThan(0n);
    for (const id of ids) {
      expect(await triage.view(id)).toMatchObject({ status: "succeeded" });
      const [entry, ...others] = await triage.audit(id);
      expect(entry).toMatchObject({ action: "file.requeue", request: { from: "failed", requeueId } });
      expect(others).toEqual([]);
    }
    const { items } = await plans.files(requeueId, "?outcome=succeeded");
    expect(items.map(({ fileId }) => fileId)).toEqual(ids);
  });

  it("says which files failed again, and by which failure", async () => {
    const ids = await failed("again", 2);
    const plan = await plans.plan({ selection: files(ids) });
    await gatewayAnswers(stack, 401, 2);
    const { requeueId } = await plans.execute(plan.id);
    const requeue = await plans.reached(requeueId, isProved);
    expect(requeue.counts).toMatchObject({ failed: 2, succeeded: 0 });
    expect(requeue.failedAgain).toMatchObject([{ step: "embed", files: 2 }]);
    const { items } = await plans.files(requeueId, "?outcome=failed");
    expect(new Set(items.map((file) => file.failedGroupId))).toEqual(
      new Set([requeue.failedAgain[0]?.groupId]),
    );
  });

  it("does each file from the start, when it is asked to", async () => {
    const [id = ""] = await failed("anew", 1);
    const plan = await plans.plan({ selection: files([id]), graph: "current" });
    expect(plan.stages.every(({ reused }) => reused === 0)).toBe(true);
    const { requeueId } = await plans.execute(plan.id);
    expect((await plans.reached(requeueId, isProved)).counts.succeeded).toBe(1);
    expect(await triage.view(id)).toMatchObject({ status: "succeeded" });
    expect((await triage.audit(id))[0]?.after).toMatchObject({ run: 2, round: 1 });
  });

  it("says what changed since, and skips what somebody else took", async () => {
    const ids = await failed("shared", 2);
    const [first, second] = [
      await plans.plan({ selection: files(ids) }),
      await plans.plan({ selection: files(ids.slice(0, 1)) }),
    ];
    const { requeueId: other } = await plans.execute(second.id);
    await plans.reached(other, isProved);
    expect((await plans.readPlan(first.id)).changed).toEqual([{ reason: "in-other-requeue", files: 1 }]);
    const { requeueId, changed } = await plans.execute(first.id);
    expect(changed).toEqual([{ reason: "in-other-requeue", files: 1 }]);
    const requeue = await plans.reached(requeueId, isProved);
    expect(requeue.counts).toMatchObject({ succeeded: 1, skipped: 1 });
    expect(requeue.skipped).toEqual([{ reason: "in-other-requeue", files: 1 }]);
    expect(await triage.audit(ids[0] ?? "")).toHaveLength(1);
  });

  it("is one requeue when two operators execute it at the same moment", async () => {
    const [id = ""] = await failed("raced", 1);
    const plan = await plans.plan({ selection: files([id]) });
    const answers = await Promise.all([1, 2].map(() => plans.post(`plans/${plan.id}/execute`, {})));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    const { requeueId } = await plans.readPlan(plan.id);
    await plans.reached(requeueId ?? "", isProved);
    expect(await triage.audit(id)).toHaveLength(1);
  });

  it("shows what waits for money, and ends once it has gone on", async () => {
    const ids = await failed("held", 1);
    await beginBudget(stack, "budget_plan", 0n);
    const plan = await plans.plan({ selection: files(ids) });
    expect(plan.held).toBe(1);
    expect(plan.budgets).toMatchObject([{ budgetId: "budget_plan", held: 1 }]);
    const [{ freeNanoUsd = "", leftLowNanoUsd = "", leftHighNanoUsd = "" } = {}] = plan.budgets;
    expect(BigInt(freeNanoUsd) - BigInt(leftLowNanoUsd)).toBe(BigInt(plan.cost.highNanoUsd));
    expect(BigInt(freeNanoUsd) - BigInt(leftHighNanoUsd)).toBe(BigInt(plan.cost.lowNanoUsd));
    const { requeueId } = await plans.execute(plan.id);
    await plans.reached(requeueId, ({ counts }) => counts.held === 1);
    expect((await plans.files(requeueId, "?outcome=held")).items).toHaveLength(1);
    await setLimit(stack, "budget_plan", 1_000_000_000n);
    await releaseHolds(stack.runtime);
    expect((await plans.reached(requeueId, isProved)).counts).toMatchObject({ succeeded: 1, held: 0 });
    const { db, clock } = stack.runtime;
    await db.transaction((tx) => removeBudget(tx, "budget_plan", clock.now()));
  });
});
