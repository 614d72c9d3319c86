import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { auditEntries } from "../../../src/db/schema/audit.ts";
import { reconciliations } from "../../../src/db/schema/reconciliations.ts";
import { steps } from "../../../src/db/schema/steps.ts";
import { carryOnReconciliation } from "../../../src/jobs/send-reconciliation.ts";
import { openReconciliation } from "../../../src/triage/reconciliation/begin-reconciliation.ts";
import { runReconciliation } from "../../../src/triage/reconciliation/run-reconciliation.ts";
import { requeueFile } from "../../../src/triage/requeue-file.ts";
import { ended, stepsOf, upload } from "../../support/ingest.ts";
import { meddleWithVectors, startReconciling } from "../../support/reconciliation.ts";
import {
  actorOf,
  deadLetters,
  failedFile,
  gatewayAnswers,
  startTriage,
  vectorsOf,
} from "../../support/requeue.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let stack: Stack;
let reconciling: Awaited<ReturnType<typeof startReconciling>>;
let triage: Awaited<ReturnType<typeof startTriage>>;
beforeAll(async () => {
  stack = await startServedStack();
  reconciling = await startReconciling(stack);
  triage = await startTriage(stack);
});
afterAll(() => stack.close());

const document = (name: string) => `# About ${name}\n\nWhat ${name} says stands in this sentence.\n`;

/** Loses its vectors behind the product's back. */
async function bareFile(name: string): Promise<string> {
  const { fileId } = await upload(stack, name, document(name));
  expect(await ended(stack, fileId)).toMatchObject({ status: "succeeded" });
  await meddleWithVectors(stack, "delete", await vectorsOf(stack, fileId));
  return fileId;
}

async function strayVector(fileId: string): Promise<void> {
  const metadata = { fileId, runId: "run_gone", fileName: "stray.md", ordinal: 0 };
  const vector = Array.from({ length: 1536 }, (_, at) => (at === 0 ? 1 : 0));
  await meddleWithVectors(stack, "upsert", [{ id: "chunk_stray", vector, metadata }]);
}

/** Its message is taken, and never comes. */
async function lostMessage(): Promise<{ fileId: string; runId: string }> {
  const publish = async (messages: readonly unknown[]) =>
    messages.map((_, at) => ({ messageId: `msg_lost${at}`, deduplicated: false }));
  const runtime = { ...stack.runtime, queue: { ...stack.runtime.queue, publish } };
  const { fileId, runId } = await upload({ ...stack, runtime }, "lost.md", document("lost"));
  const queuedAt = new Date(stack.runtime.clock.now().getTime() - 3_600_000);
  await stack.database.db.update(steps).set({ queuedAt }).where(eq(steps.runId, runId));
  return { fileId, runId };
}

/** A file whose step failed with a message of its own, which is among QStash's dead letters. */
async function deadFile(name: string): Promise<{ fileId: string; letter: string }> {
  const { fileId, runId } = await failedFile(stack, name);
  await gatewayAnswers(stack, 401, 1);
  await triage.requeue(fileId, "failed");
  const letter = await vi.waitFor(
    async () => {
      const [filed] = (await stepsOf(stack, runId)).flatMap(({ dlqId }) => dlqId ?? []);
      if (filed === undefined) throw new Error("QStash has not reported it yet");
      return filed;
    },
    { timeout: 15_000, interval: 25 },
  );
  return { fileId, letter };
}

/** Requeued, while QStash kept its dead letter though it said that it was removed. */
async function outlivedLetter(): Promise<string> {
  const { fileId, letter } = await deadFile("outlived.md");
  const queue = { ...stack.runtime.queue, removeDeadLetters: async () => undefined };
  const input = { fileId, from: "failed", reason: null, idempotencyKey: null, actor: actorOf(triage) };
  await requeueFile({ ...stack.runtime, queue }, input);
  expect(await ended(stack, fileId)).toMatchObject({ status: "succeeded" });
  return letter;
}

/** A message for a step of another database. */
async function strangeLetter(): Promise<void> {
  await stack.runtime.queue.call({
    path: "/api/jobs/ingest-file",
    body: { of: "nobody" },
    deduplicationId: "strange",
  });
}

const counts = ({ classes }: Awaited<ReturnType<typeof reconciling.get>>) =>
  Object.fromEntries(classes.map((one) => [one.class, [one.found, one.open]]));

describe("QStash, Postgres and the vector index", () => {
  let id: string;
  let bare: string;
  let lost: { fileId: string; runId: string };
  let outlived: string;
  beforeAll(async () => {
    bare = await bareFile("bare.md");
    await strayVector(bare);
    outlived = await outlivedLetter();
    await strangeLetter();
    await deadFile("really-failed.md");
    await vi.waitFor(async () => expect(await deadLetters(stack)).toHaveLength(3), { timeout: 20_000 });
    lost = await lostMessage();
    ({ id } = await reconciling.begin());
    await reconciling.ended(id);
  });

  it("are found to disagree, in each way once", async () => {
    expect(counts(await reconciling.get(id))).toEqual({
      "dead-letter-but-done": [1, 1],
      "dead-letter-unknown": [1, 1],
      "queued-but-unknown": [1, 1],
      "done-without-vectors": [1, 1],
      "vectors-without-owner": [1, 1],
    });
    const subjects = new Map((await reconciling.findings(id)).map((one) => [one.class, one.subject]));
    expect(subjects.get("dead-letter-but-done")).toBe(outlived);
    expect(subjects.get("done-without-vectors")).toBe(bare);
    expect(subjects.get("vectors-without-owner")).toBe("chunk_stray");
    const [inspect] = await stepsOf(stack, lost.runId);
    expect(subjects.get("queued-but-unknown")).toBe(inspect?.id);
  });

  it("keep their dead letters for seven days, and each says where its step stands", async () => {
    const letters = await reconciling.deadLetters();
    expect(letters.map(({ standing }) => standing).sort()).toEqual(["done", "failed", "unknown"]);
    for (const { at, expiresAt } of letters)
      expect(Date.parse(expiresAt) - Date.parse(at)).toBe(7 * 86_400_000);
  });

  it("agree again after each class is repaired, and a second repair does nothing", async () => {
    for (const { class: name } of (await reconciling.get(id)).classes) {
      const done = await reconciling.repair(id, { class: name, reason: "a test" });
      expect([name, done]).toEqual([name, { repaired: 1, gone: 0, left: 0 }]);
      expect(await reconciling.repair(id, { class: name })).toEqual({ repaired: 0, gone: 0, left: 0 });
    }
    await ended(stack, bare);
    expect(await ended(stack, lost.fileId)).toMatchObject({ status: "succeeded" });
    expect(await vectorsOf(stack, bare)).not.toEqual([]);
    expect(await vectorsOf(stack, bare)).not.toContain("chunk_stray");
    expect(await reconciling.deadLetters()).toMatchObject([{ standing: "failed" }]);
    const again = await reconciling.begin();
    const { classes } = await reconciling.ended(again.id);
    expect(classes.map(({ found }) => found)).toEqual([0, 0, 0, 0, 0]);
    const audited = await stack.database.db.select().from(auditEntries);
    expect(audited.filter(({ action }) => action === "reconciliation.repair")).toHaveLength(5);
  });
});

it("a finding that is no longer true is gone, and nothing is done", async () => {
  const fileId = await bareFile("mended.md");
  const { id } = await reconciling.begin();
  await reconciling.ended(id);
  const input = { fileId, from: "index", reason: null, idempotencyKey: null, actor: actorOf(triage) };
  await requeueFile(stack.runtime, input);
  await ended(stack, fileId);
  expect(await reconciling.repair(id, { class: "done-without-vectors" })).toEqual({
    repaired: 0,
    gone: 1,
    left: 0,
  });
});

it("one that stops in the middle goes on where it stopped, and there is one at a time", async () => {
  await strayVector("file_nobody");
  const { id } = await openReconciliation(stack.runtime, null);
  const delivery = { messageId: "msg_of_a_turn", retried: 0, sender: undefined };
  const silent = { ...stack.runtime.vector, list: () => Promise.reject(new Error("down")) };
  const turn = runReconciliation(
    { ...stack.runtime, vector: silent },
    { reconciliationId: id, turn: 1 },
    delivery,
  );
  await expect(turn).rejects.toThrow("down");
  const stopped = await reconciling.get(id);
  expect(stopped.stage).toBe("vectors");
  expect((await reconciling.begin()).id).toBe(id);
  expect(await carryOnReconciliation(stack.runtime)).toBe(0);
  await stack.database.db
    .update(reconciliations)
    .set({ heartbeatAt: new Date(0) })
    .where(eq(reconciliations.id, id));
  expect(await carryOnReconciliation(stack.runtime)).toBe(1);
  const done = await reconciling.ended(id);
  expect(done.read.doneFiles).toBe(stopped.read.doneFiles);
  expect(counts(done)["vectors-without-owner"]).toEqual([1, 1]);
});
