import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { removeBudget } from "../../../src/costs/budgets/change-budget.ts";
import { refreshStepCosts } from "../../../src/costs/budgets/step-cost-history.ts";
import { stepCostHistory } from "../../../src/db/schema/costs.ts";
import type { StepName } from "../../../src/pipeline/graph.ts";
import { beginBudget } from "../../support/budgets/budget-rows.ts";
import { ended, stepsOf, upload } from "../../support/ingest.ts";
import { startPlans } from "../../support/plans-of-requeues.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

vi.setConfig({ testTimeout: 60_000 });

let stack: Stack;
let plans: Awaited<ReturnType<typeof startPlans>>;
let brokenId: string;
/** What its first step alone may cost at most, in nano-USD. */
let firstStep: bigint;
beforeAll(async () => {
  stack = await startServedStack();
  plans = await startPlans(stack);
  const { fileId } = await upload(stack, "broken.pdf", "%PDF-1.7\nNothing that a reader of PDF could read.");
  brokenId = fileId;
  expect(await ended(stack, fileId)).toMatchObject({ status: "failed", failedStep: "inspect" });
});
afterAll(() => stack.close());

const planned = () => plans.plan({ selection: { kind: "files", files: [brokenId] } });

/** Ingests a document, and says what it has cost at each step, in nano-USD. */
async function costsOf(name: string, text: string): Promise<ReadonlyMap<string, bigint>> {
  const { fileId, runId } = await upload(stack, name, text);
  expect(await ended(stack, fileId)).toMatchObject({ status: "succeeded" });
  const costs = new Map<string, bigint>();
  for (const step of await stepsOf(stack, runId))
    costs.set(step.name, (costs.get(step.name) ?? 0n) + step.costNanoUsd);
  return costs;
}

const later: StepName[] = ["extract", "chunk", "embed", "index", "finalize"];

describe("what a file that failed early has yet to come to", () => {
  it("is counted in files, and named as unknown while no file has come through it", async () => {
    const plan = await planned();
    expect(plan.stages.map(({ step, runs, ahead }) => [step, runs, ahead])).toEqual([
      ["inspect", 1, 0],
      ...later.map((step) => [step, 0, 1]),
    ]);
    expect(plan.cost.unknown).toEqual(later);
    firstStep = BigInt(plan.cost.highNanoUsd);
  });

  it("is priced by what files have cost there, and weighed against the budgets", async () => {
    const costs = await costsOf("whole.md", "# Whole\n\nThis one comes through.");
    await refreshStepCosts(stack.runtime);
    const ahead = later.reduce((sum, step) => sum + (costs.get(step) ?? 0n), 0n);
    const { cost } = await planned();
    expect(cost.unknown).toEqual([]);
    expect(BigInt(cost.highNanoUsd)).toBe(firstStep + ahead);
    // The first step alone would fit.
    await beginBudget(stack, "budget_ahead", firstStep);
    const { budgets, held } = await planned();
    expect({ budgets, held }).toMatchObject({ budgets: [{ budgetId: "budget_ahead", held: 1 }], held: 1 });
    const { db, clock } = stack.runtime;
    await db.transaction((tx) => removeBudget(tx, "budget_ahead", clock.now()));
  });

  it("is taken from files of about its size where there are some, and computed anew after ten minutes", async () => {
    const { db, clock } = stack.runtime;
    const short = await costsOf("short.md", "# Short\n\nFew words.");
    const long = await costsOf("long.md", `# Long\n\n${"Many words make a long document. ".repeat(4_000)}`);
    await refreshStepCosts(stack.runtime);
    expect(await db.select().from(stepCostHistory)).toHaveLength(6);
    await refreshStepCosts({ db, clock: { ...clock, now: () => new Date(clock.now().getTime() + 601_000) } });
    const history = await db.select().from(stepCostHistory).orderBy(stepCostHistory.sizeClass);
    const [small, large, ...others] = history.filter(({ step }) => step === "embed");
    expect([small?.files, large?.files, others]).toEqual([2, 1, []]);
    expect(large?.p95NanoUsd).toBe(long.get("embed"));
    expect(small?.p95NanoUsd).toBeGreaterThanOrEqual(short.get("embed") ?? 0n);
    const ahead = history.filter(
      ({ step, sizeClass }) => step !== "inspect" && sizeClass === small?.sizeClass,
    );
    const { cost } = await planned();
    expect(BigInt(cost.highNanoUsd)).toBe(
      firstStep + ahead.reduce((sum, { p95NanoUsd }) => sum + p95NanoUsd, 0n),
    );
  });
});
