import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { spentDeadLetters } from "../../src/db/schema/dead-letters.ts";
import { steps } from "../../src/db/schema/steps.ts";
import { copyMessageStates } from "../../src/jobs/copy-message-states.ts";
import { failDelivery } from "../../src/jobs/fail-delivery.ts";
import { requeueFile } from "../../src/triage/requeue-file.ts";
import { stepsOf } from "../support/ingest.ts";
import { actorOf, failedFile, startTriage } from "../support/requeue.ts";
import { startServedStack } from "../support/served-stack.ts";
import type { Stack } from "../support/stack.ts";

vi.setConfig({ testTimeout: 60_000 });

let stack: Stack;
let triage: Awaited<ReturnType<typeof startTriage>>;
beforeAll(async () => {
  stack = await startServedStack();
  triage = await startTriage(stack);
});
afterAll(() => stack.close());
beforeEach(async () => {
  await stack.database.db.delete(spentDeadLetters);
});

/** Requeues while QStash takes nothing, so that no step of the new round begins. */
async function requeueUnsent(fileId: string, from: string): Promise<void> {
  const queue = { ...stack.runtime.queue, publish: () => Promise.reject(new Error("down")) };
  const input = { fileId, from, reason: null, idempotencyKey: null, actor: actorOf(triage) };
  await requeueFile({ ...stack.runtime, queue }, input);
}

async function embedOf(runId: string) {
  const [embed] = (await stepsOf(stack, runId)).filter(({ name }) => name === "embed");
  if (embed === undefined) throw new Error("there is no embed step");
  return embed;
}

const letters = async () =>
  (await stack.database.db.select().from(spentDeadLetters)).map(({ dlqId }) => dlqId);

/** QStash's report of a message that it gave up. */
async function report(message: { runId: string; stepId: string; dispatch: number }, dlqId: string) {
  const sourceBody = btoa(JSON.stringify({ v: 1, ...message }));
  const delivery = { messageId: `msg_${dlqId}`, retried: 0, sender: undefined };
  await failDelivery(
    stack.runtime,
    { sourceMessageId: `msg_of_${dlqId}`, sourceBody, dlqId, retried: 0 },
    delivery,
  );
}

test("a dead letter is filed with the step that failed with its message", async () => {
  const { runId } = await failedFile(stack, "filed.md");
  const { id: stepId, dispatch } = await embedOf(runId);
  await report({ runId, stepId, dispatch }, "1-1");
  expect((await embedOf(runId)).dlqId).toBe("1-1");
  expect(await letters()).toEqual([]);
});

test.each(["chunk", "start", "failed"])(
  "one that is reported after a requeue from %s is of no more use",
  async (from) => {
    const { fileId, runId } = await failedFile(stack, `late-${from}.md`);
    const { id: stepId, dispatch } = await embedOf(runId);
    await requeueUnsent(fileId, from);
    await report({ runId, stepId, dispatch }, "2-2");
    expect((await embedOf(runId)).dlqId).toBeNull();
    expect(await letters()).toEqual(["2-2"]);
  },
);

test("one of a step that a worker has done meanwhile, or is at, is of no more use", async () => {
  for (const state of ["succeeded", "running"] as const) {
    const { runId } = await failedFile(stack, `${state}.md`);
    const { id: stepId, dispatch } = await embedOf(runId);
    const leaseExpiresAt = state === "running" ? new Date(Date.now() + 60_000) : null;
    await stack.database.db.update(steps).set({ state, leaseExpiresAt }).where(eq(steps.id, stepId));
    await report({ runId, stepId, dispatch }, `3-${state}`);
    expect(await embedOf(runId)).toMatchObject({ state, dlqId: null });
  }
  expect((await letters()).sort()).toEqual(["3-running", "3-succeeded"]);
});

test.each(["chunk", "start"])(
  "one that the tick looks up while somebody requeues from %s is removed, and stands with no step",
  async (from) => {
    const { fileId, runId } = await failedFile(stack, `looked-up-${from}.md`);
    const { id: stepId, dispatch } = await embedOf(runId);
    const state = {
      messageId: "msg_gone",
      at: new Date(),
      state: "FAILED",
      body: JSON.stringify({ v: 1, runId, stepId, dispatch }),
      error: null,
      responseStatus: 489,
      nextDeliveryAt: null,
    };
    const messageLog = {
      read: async () => ({ states: [state], cursor: null }),
      async findDeadLetter() {
        await requeueUnsent(fileId, from);
        return "4-4";
      },
    };
    await copyMessageStates({ ...stack.runtime, messageLog });
    expect((await embedOf(runId)).dlqId).toBeNull();
    expect(await letters()).toEqual(["4-4"]);
  },
);
