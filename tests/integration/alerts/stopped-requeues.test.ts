import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createAdjustableClock } from "../../../src/kernel/clock.ts";
import { startAlertRules } from "../../support/alert-rules.ts";
import { isProved, startPlans } from "../../support/plans-of-requeues.ts";
import { failedFile, gatewayAnswers } from "../../support/requeue.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const clock = createAdjustableClock();
let stack: Stack;
let rules: Awaited<ReturnType<typeof startAlertRules>>;
let plans: Awaited<ReturnType<typeof startPlans>>;
beforeAll(async () => {
  stack = await startServedStack();
  rules = await startAlertRules(stack, clock);
  plans = await startPlans(stack);
});
afterAll(async () => {
  await rules.close();
  await stack.close();
});

/** A requeue of two files that failed, with a canary that fails too, unless `mended`. Its name is a document's. */
async function requeued(name: string, mended = false): Promise<string> {
  const one = await failedFile(stack, `${name}-1.md`);
  const other = await failedFile(stack, `${name}-2.md`);
  const plan = await plans.plan({
    name: `Once more: ${name}-1.md`,
    selection: { kind: "files", files: [one.fileId, other.fileId] },
    options: { canary: { files: 1, succeedPercent: 100 } },
  });
  if (!mended) await gatewayAnswers(stack, 401, 1);
  const { requeueId } = await plans.execute(plan.id);
  const { state } = await plans.reached(requeueId, isProved);
  expect(state).toBe(mended ? "done" : "stopped");
  return requeueId;
}

it("a rule of stopped requeues tells of each once, by two ticks at once, with its receipt and without its name", async () => {
  await requeued("before-the-rule");
  const rule = await rules.make({ kind: "stopped-requeue" });
  const requeueId = await requeued("secret-plan");
  await requeued("mended", true);
  const sent = await Promise.all([rules.watch(), rules.watch()]);
  expect(Math.max(...sent)).toBe(1);
  clock.advance(11 * 60_000);
  expect(await rules.watch()).toBe(0);
  const [alert] = await rules.arrived(1);
  expect(alert?.told).toEqual({
    kind: "stopped-requeue",
    subject: requeueId,
    text: "On call: A requeue of 2 files stopped. Its one canary failed; 100 % had to succeed.",
    url: `${stack.env.WAYBILL_URL}/requeues/${requeueId}`,
  });
  expect(alert?.body).not.toContain("secret-plan");
  expect(await rules.toldBy(rule)).toMatchObject([{ state: "sent", endedAt: null }]);
  const next = await requeued("once-more");
  expect(await rules.watch()).toBe(1);
  expect((await rules.arrived(1))[0]?.told.subject).toBe(next);
  await rules.remove(rule);
});

it("what its canary stopped while the rule was paused is not told", async () => {
  const rule = await rules.make({ kind: "stopped-requeue" });
  await rules.ask("PATCH", `/${rule.id}`, { paused: true });
  await requeued("while-paused");
  await rules.ask("PATCH", `/${rule.id}`, { paused: false });
  clock.advance(60_000);
  expect(await rules.toldBy(rule)).toEqual([]);
  expect(await rules.watch()).toBe(0);
  expect(await rules.toldBy(rule)).toEqual([]);
});
