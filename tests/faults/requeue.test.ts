import { spawn } from "node:child_process";
import { once } from "node:events";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { spentDeadLetters } from "../../src/db/schema/dead-letters.ts";
import { files } from "../../src/db/schema/files.ts";
import { outbox } from "../../src/db/schema/outbox.ts";
import { runs } from "../../src/db/schema/runs.ts";
import { steps } from "../../src/db/schema/steps.ts";
import { dropDeadLetters } from "../../src/jobs/drop-dead-letters.ts";
import { failDelivery } from "../../src/jobs/fail-delivery.ts";
import { reconcile } from "../../src/jobs/reconcile.ts";
import { repairBeginnings } from "../../src/jobs/repair-beginnings.ts";
import { createAdjustableClock } from "../../src/kernel/clock.ts";
import type { FaultPointName } from "../../src/kernel/fault-point.ts";
import { runStep } from "../../src/pipeline/run-step.ts";
import { requeueFile } from "../../src/triage/requeue-file.ts";
import { ended, stepsOf } from "../support/ingest.ts";
import {
  actorOf,
  attemptsOf,
  deadLetters,
  failedFile,
  gatewayAnswers,
  startTriage,
  storedSpan,
  vectorsOf,
} from "../support/requeue.ts";
import { startServedStack } from "../support/served-stack.ts";
import type { Stack } from "../support/stack.ts";

let stack: Stack;
let triage: Awaited<ReturnType<typeof startTriage>>;
beforeAll(async () => {
  stack = await startServedStack();
  triage = await startTriage(stack);
});
afterAll(() => stack.close());

/** Requeues in a process that dies at the point. */
async function dieAt(point: FaultPointName, fileId: string, from: string): Promise<void> {
  const child = spawn(process.execPath, ["tests/faults/requeue-process.ts", fileId, from], {
    env: { ...process.env, ...stack.variables, WAYBILL_FAULT_POINT: point },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [, signal] = await once(child, "exit");
  expect(signal).toBe("SIGKILL");
}

/** Everything that a requeue changes. */
async function standOf(fileId: string) {
  const { db } = stack.database;
  return {
    file: await db.select().from(files).where(eq(files.id, fileId)),
    runs: await db.select().from(runs).where(eq(runs.fileId, fileId)),
    steps: await db
      .select()
      .from(steps)
      .innerJoin(runs, eq(runs.id, steps.runId))
      .where(eq(runs.fileId, fileId))
      .orderBy(steps.id),
    audit: await triage.audit(fileId),
    spent: await db.select().from(spentDeadLetters),
  };
}

/** The tick writes the requeue's span, which died with its process, linked to what had failed. */
async function traceTells(failedRunId: string, runId: string): Promise<void> {
  const later = createAdjustableClock();
  later.advance(60_000);
  await stack.runtime.telemetry.flush();
  const ctx = { ...stack.runtime, clock: later };
  expect(await repairBeginnings(ctx)).toBeGreaterThan(0);
  const [failed] = (await attemptsOf(stack, failedRunId)).filter(({ outcome }) => outcome === "failed");
  const requeue = await storedSpan(stack, runId, "requeue");
  expect(requeue.links.map(({ spanId }) => spanId)).toEqual([failed?.spanId]);
  const root = await storedSpan(stack, runId, "ingest");
  expect(requeue).toMatchObject({ traceId: root.traceId, parentSpanId: root.spanId });
  if (failedRunId === runId) {
    const wait = await storedSpan(stack, runId, "wait for requeue");
    expect(wait).toMatchObject({ startedAt: failed?.finishedAt, endNs: requeue.startNs });
  }
  expect(await repairBeginnings(ctx)).toBe(0);
}

const beforeCommit: FaultPointName[] = ["requeue.readied", "requeue.queued", "requeue.audited"];
const afterCommit: FaultPointName[] = [
  "requeue.committed",
  "publish.before",
  "publish.sent",
  "requeue.published",
];

describe.each(["failed", "start", "chunk"])("a requeue from %s whose process dies", (from) => {
  it.each(beforeCommit)(
    "at %s has changed nothing, and may be sent again",
    async (point) => {
      const { fileId } = await failedFile(stack, `${from} ${point}.md`);
      const before = await standOf(fileId);
      await dieAt(point, fileId, from);
      expect(await standOf(fileId)).toEqual(before);
      await triage.requeue(fileId, from);
      expect(await ended(stack, fileId)).toMatchObject({ status: "succeeded" });
      expect(await triage.audit(fileId)).toHaveLength(1);
    },
    60_000,
  );

  it.each(afterCommit)(
    "at %s is done whole by the tick",
    async (point) => {
      const { fileId, runId } = await failedFile(stack, `${from} ${point}.md`);
      await dieAt(point, fileId, from);
      expect(await triage.audit(fileId)).toHaveLength(1);
      await reconcile(stack.runtime);
      const file = await ended(stack, fileId);
      expect(file).toMatchObject({ status: "succeeded" });
      // Sent again by somebody who had no answer: the same, once.
      const again = await triage.requeue(fileId, from, { "idempotency-key": fileId });
      expect(again.runId).toBe(file.latestRunId);
      expect(await triage.audit(fileId)).toHaveLength(1);
      const tried = await attemptsOf(stack, file.latestRunId);
      const twice = tried.filter(
        (one) => tried.filter((other) => other.stepId === one.stepId && other.round === one.round).length > 1,
      );
      expect(twice).toEqual([]);
      expect(await vectorsOf(stack, fileId)).toHaveLength(file.chunkCount ?? 0);
      await traceTells(runId, file.latestRunId);
    },
    60_000,
  );
});

describe("what is late from the round before", () => {
  it("is a message that does no work, and a report whose dead letter is removed", async () => {
    const { fileId, runId } = await failedFile(stack, "late.md");
    const [old] = (await stepsOf(stack, runId)).filter(({ name }) => name === "embed");
    if (old === undefined) throw new Error("there is no embed step");
    // QStash takes nothing while the requeue is made: the step waits for its new message.
    const down = {
      ...stack.runtime,
      queue: { ...stack.runtime.queue, publish: () => Promise.reject(new Error("down")) },
    };
    const actor = actorOf(triage);
    await requeueFile(down, { fileId, from: "failed", reason: null, idempotencyKey: null, actor });
    const message = { v: 1, runId, stepId: old.id, dispatch: old.dispatch } as const;
    const delivery = { messageId: "msg_late", retried: 0, sender: undefined };
    expect(await runStep(stack.runtime, message, delivery)).toMatchObject({ kind: "done" });
    const report = {
      sourceMessageId: "msg_old",
      sourceBody: btoa(JSON.stringify(message)),
      dlqId: "1-1",
      retried: 0,
    };
    await failDelivery(stack.runtime, report, { ...delivery, messageId: "msg_report" });
    expect((await attemptsOf(stack, runId)).filter(({ stepId }) => stepId === old.id)).toHaveLength(1);
    const [now] = (await stepsOf(stack, runId)).filter(({ id }) => id === old.id);
    expect(now).toMatchObject({ state: "queued", round: 2, dispatch: old.dispatch + 1, dlqId: null });
    expect(await stack.database.db.select().from(spentDeadLetters)).toMatchObject([{ dlqId: "1-1" }]);

    await reconcile(stack.runtime);
    expect(await dropDeadLetters(stack.runtime)).toBe(1);
    expect(await ended(stack, fileId)).toMatchObject({ status: "succeeded" });
    expect(await stack.database.db.select().from(spentDeadLetters)).toEqual([]);
  });

  it("is a dead letter that QStash could not remove at once: the tick does it", async () => {
    const { fileId, runId } = await failedFile(stack, "letter.md");
    await gatewayAnswers(stack, 401, 1);
    await triage.requeue(fileId, "failed");
    await expect
      .poll(async () => (await stepsOf(stack, runId)).some(({ dlqId }) => dlqId !== null), {
        timeout: 10_000,
      })
      .toBe(true);
    const removeDeadLetters = () => Promise.reject(new Error("down"));
    const down = { ...stack.runtime, queue: { ...stack.runtime.queue, removeDeadLetters } };
    const actor = actorOf(triage);
    await requeueFile(down, { fileId, from: "failed", reason: null, idempotencyKey: null, actor });
    expect(await deadLetters(stack)).toHaveLength(1);
    expect(await dropDeadLetters(stack.runtime)).toBe(1);
    expect(await deadLetters(stack)).toEqual([]);
    expect(await ended(stack, fileId)).toMatchObject({ status: "succeeded" });
  });
});

describe("a step that was at work when another failed", () => {
  it("is not tried again after the run has ended, and the requeue does it with the rest", async () => {
    const { fileId, runId } = await failedFile(stack, "straggler.md");
    const { db } = stack.database;
    // As if the worker of index had died while embed failed.
    await db
      .update(steps)
      .set({ state: "running", fence: 1, attemptCount: 1, leaseExpiresAt: new Date(0), finishedAt: null })
      .where(sql`run_id = ${runId} and name = 'index'`);
    expect(await triage.refusal(fileId, "failed")).toBe("file_in_progress");
    expect(await reconcile(stack.runtime)).toMatchObject({ leasesExpired: 1 });
    const [index] = (await stepsOf(stack, runId)).filter(({ name }) => name === "index");
    expect(index).toMatchObject({ state: "cancelled" });
    expect(
      await db
        .select()
        .from(outbox)
        .where(eq(outbox.stepId, index?.id ?? "")),
    ).toEqual([]);
    expect(await triage.requeue(fileId, "failed")).toMatchObject({ steps: 3 });
    expect(await ended(stack, fileId)).toMatchObject({ status: "succeeded" });
  });
});
