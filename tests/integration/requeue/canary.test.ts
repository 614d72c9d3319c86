import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { carryOnRequeues } from "../../../src/jobs/send-requeue.ts";
import { takeTurn } from "../../../src/triage/requeues/take-turn.ts";
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

async function planOf(name: string, count: number, options: Parameters<typeof plans.plan>[0]["options"]) {
  const ids: string[] = [];
  for (let n = 1; n <= count; n += 1) ids.push((await failedFile(stack, `${name}-${n}.md`)).fileId);
  return {
    ids,
    plan: await plans.plan({ selection: { kind: "files", files: ids }, ...(options && { options }) }),
  };
}

const delivery = { messageId: "msg_again", retried: 0, sender: undefined };

describe("canaries", () => {
  it("stop a requeue that does not help, before the rest is sent", async () => {
    const { ids, plan } = await planOf("broken", 3, { canary: { files: 1, succeedPercent: 100 } });
    await gatewayAnswers(stack, 401, 1);
    const { requeueId } = await plans.execute(plan.id);
    const requeue = await plans.reached(requeueId, isProved);
    expect(requeue.state).toBe("stopped");
    expect(requeue.stoppedBecause).toBe("Its one canary failed; 100 % had to succeed.");
    expect(requeue.counts).toMatchObject({ failed: 1, skipped: 2, pending: 0 });
    const { items } = await plans.files(requeueId);
    expect(items.map(({ canary, outcome }) => [canary, outcome])).toEqual([
      [true, "failed"],
      [false, "skipped"],
      [false, "skipped"],
    ]);
    expect(await triage.audit(ids[1] ?? "")).toEqual([]);
  });

  it("let the rest follow when enough of them succeed", async () => {
    const { plan } = await planOf("helped", 3, { canary: { files: 2, succeedPercent: 50 } });
    const { requeueId } = await plans.execute(plan.id);
    const requeue = await plans.reached(requeueId, isProved);
    expect(requeue).toMatchObject({ state: "done", counts: { succeeded: 3, skipped: 0 } });
  });

  it("are others when those that were chosen have been done by somebody else", async () => {
    const { ids, plan } = await planOf("replaced", 2, { canary: { files: 1, succeedPercent: 100 } });
    await triage.requeue(ids[0] ?? "", "failed");
    const { requeueId } = await plans.execute(plan.id);
    const requeue = await plans.reached(requeueId, isProved);
    expect(requeue.counts).toMatchObject({ skipped: 1, succeeded: 1 });
    const { items } = await plans.files(requeueId);
    expect(items.map(({ canary }) => canary)).toEqual([true, true]);
  });
});

describe("a requeue under way", () => {
  it("sends nothing when it is cancelled in its undo window", async () => {
    const { ids, plan } = await planOf("undone", 2, { undoSeconds: 3_600 });
    const { requeueId } = await plans.execute(plan.id);
    expect((await plans.post(`requeues/${requeueId}/cancel`, { reason: "wrong files" })).status).toBe(200);
    const requeue = await plans.reached(requeueId, isProved);
    expect(requeue).toMatchObject({ state: "cancelled", counts: { skipped: 2, sent: 0 }, skipped: [] });
    expect(requeue.messages.sent).toBe(0);
    for (const id of ids) expect(await triage.audit(id)).toEqual([]);
    // Twice is once; what is over cannot be paused.
    expect((await plans.post(`requeues/${requeueId}/cancel`, {})).status).toBe(200);
    expect(await plans.refusal(`requeues/${requeueId}/pause`)).toMatchObject({
      status: 409,
      code: "requeue_ended",
    });
    expect(await plans.refusal("requeues/requeue_none/cancel")).toMatchObject({ code: "requeue_not_found" });
  });

  it("keeps its pace, and leaves the rest alone when it is cancelled in the middle", async () => {
    const { ids, plan } = await planOf("middle", 3, { perMinute: 6 });
    const { requeueId } = await plans.execute(plan.id);
    await plans.reached(requeueId, ({ counts }) => counts.succeeded === 1, 0);
    const paced = await plans.requeue(requeueId);
    expect(paced.counts).toMatchObject({ pending: 2, sent: 0 });
    await plans.post(`requeues/${requeueId}/cancel`, {});
    const requeue = await plans.reached(requeueId, isProved);
    expect(requeue).toMatchObject({ state: "cancelled", counts: { succeeded: 1, skipped: 2 } });
    expect(await triage.view(ids[2] ?? "")).toMatchObject({ status: "failed" });
    // What was left can be planned again.
    const rest = await plans.plan({ selection: { kind: "files", files: ids } });
    expect(rest.included).toBe(2);
  });

  it("sends no more while it is paused, and goes on where it was", async () => {
    const { plan } = await planOf("paused", 2, { perMinute: 6 });
    const { requeueId } = await plans.execute(plan.id);
    await plans.reached(requeueId, ({ counts }) => counts.succeeded === 1, 0);
    await plans.post(`requeues/${requeueId}/pause`, {});
    stack.clock.advance(600_000);
    await carryOnRequeues(stack.runtime);
    expect(await plans.requeue(requeueId)).toMatchObject({ state: "paused", counts: { pending: 1 } });
    await plans.post(`requeues/${requeueId}/resume`, {});
    expect((await plans.reached(requeueId, isProved)).counts.succeeded).toBe(2);
  });

  it("does nothing twice when its turns are delivered again, late, and at the same moment", async () => {
    const { ids, plan } = await planOf("twice", 2, {});
    const { requeueId } = await plans.execute(plan.id);
    const message = { v: 1, requeueId, turn: 1 } as const;
    // QStash delivers it too.
    const turn = (retried: number) => takeTurn(stack.runtime, message, { ...delivery, retried });
    await Promise.all([turn(0), turn(1)]);
    await turn(2);
    await plans.reached(requeueId, isProved);
    for (const id of ids) expect(await triage.audit(id)).toHaveLength(1);
  });
});
