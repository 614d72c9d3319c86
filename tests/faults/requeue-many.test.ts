import { spawn } from "node:child_process";
import { once } from "node:events";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { requeues } from "../../src/db/schema/requeues.ts";
import { reconcile } from "../../src/jobs/reconcile.ts";
import type { FaultPointName } from "../../src/kernel/fault-point.ts";
import { isProved, startPlans } from "../support/plans-of-requeues.ts";
import { failedFile, startTriage, vectorsOf } from "../support/requeue.ts";
import { startServedStack } from "../support/served-stack.ts";
import type { Stack } from "../support/stack.ts";

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

/** Takes a turn in a process that dies at the point. */
async function dieAt(point: FaultPointName, requeueId: string, turn: number): Promise<void> {
  const child = spawn(process.execPath, ["tests/faults/turn-process.ts", requeueId, String(turn)], {
    env: { ...process.env, ...stack.variables, WAYBILL_FAULT_POINT: point },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [, signal] = await once(child, "exit");
  expect(signal).toBe("SIGKILL");
}

/** A requeue of two files whose first turn was due two minutes ago, and which QStash delivers in an hour. */
async function dueRequeue(name: string) {
  const ids = [
    (await failedFile(stack, `${name}-1.md`)).fileId,
    (await failedFile(stack, `${name}-2.md`)).fileId,
  ];
  const options = { undoSeconds: 3_600 };
  const plan = await plans.plan({ selection: { kind: "files", files: ids }, options });
  const { requeueId } = await plans.execute(plan.id);
  await missTurn(requeueId);
  return { ids, requeueId };
}

/** Lets two minutes pass since the turn that comes next was due. */
async function missTurn(requeueId: string): Promise<void> {
  const ago = sql`now() - interval '2 minutes'`;
  await stack.database.db
    .update(requeues)
    .set({ startsAt: ago, dueAt: ago })
    .where(eq(requeues.id, requeueId));
}

describe("a requeue of many files whose worker dies", () => {
  const points: FaultPointName[] = [
    "requeue.readied",
    "requeue.queued",
    "turn.batched",
    "turn.committed",
    "publish.sent",
    "turn.published",
    "turn.advanced",
  ];
  for (const point of points) {
    it(`at ${point} is carried on by the tick, with each file sent once`, async () => {
      const { ids, requeueId } = await dueRequeue(point.replace(".", "-"));
      await dieAt(point, requeueId, 1);
      await missTurn(requeueId);
      await reconcile(stack.runtime);
      const requeue = await plans.reached(requeueId, isProved);
      expect(requeue).toMatchObject({
        state: "done",
        counts: { succeeded: 2, failed: 0, skipped: 0 },
        messages: { swallowed: 0 },
        proof: { missing: 0, orphans: 0, duplicates: 0 },
      });
      for (const id of ids) {
        expect(await triage.audit(id)).toHaveLength(1);
        expect(await vectorsOf(stack, id)).toHaveLength(1);
      }
    });
  }

  it("while it holds the index against the files counts no file twice", async () => {
    const { ids, requeueId } = await dueRequeue("proving");
    await dieAt("turn.advanced", requeueId, 1);
    await reconcile(stack.runtime);
    await vi.waitFor(async () => {
      for (const id of ids) expect(await triage.view(id)).toMatchObject({ status: "succeeded" });
    }, 30_000);
    await dieAt("turn.proved", requeueId, 2);
    await missTurn(requeueId);
    expect((await plans.reached(requeueId, isProved)).proof?.vectorsAfter).toBe(2);
  });
});
