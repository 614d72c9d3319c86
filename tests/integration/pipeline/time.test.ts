import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { files } from "../../../src/db/schema/files.ts";
import { steps } from "../../../src/db/schema/steps.ts";
import { reconcile } from "../../../src/jobs/reconcile.ts";
import { getFileTime } from "../../../src/pipeline/time/get-file-time.ts";
import type { FileTime } from "../../../src/pipeline/time/time-view.ts";
import { manualPdf } from "../../support/documents/manual-pdf.ts";
import { ended, stepsOf, upload } from "../../support/ingest.ts";
import { attemptsOf, gatewayAnswers, startTriage } from "../../support/requeue.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startServedStack();
});
afterAll(() => stack.close());

const timeOf = (fileId: string) => getFileTime(stack.runtime, { fileId, run: null });

function sumOf({ parts }: FileTime, kind?: string): number {
  return parts
    .filter((part) => kind === undefined || part.kind === kind)
    .reduce((sum, part) => sum + part.ms, 0);
}

/** Whether no step of a run works or is about to. */
async function isIdle(runId: string): Promise<boolean> {
  const states = (await stepsOf(stack, runId)).filter(({ state }) => state !== "waiting");
  return states.every(
    (step) => step.state !== "running" && (step.state !== "queued" || step.nextAttemptAt !== null),
  );
}

test("at least 99 % of the wall time is explained of a run with retries, a hold and a fan-out, without any span", async () => {
  await gatewayAnswers(stack, 503, 2);
  await gatewayAnswers(stack, 402, 1);
  const { fileId, runId } = await upload(stack, "eventful.pdf", manualPdf({ pages: 420, seed: 3 }));
  const { db } = stack.database;

  // All that could go on has, and one step waits out its backoff, another is held.
  await expect
    .poll(async () => (await stepsOf(stack, runId)).map(({ state }) => state), { timeout: 40_000 })
    .toContain("held");
  await expect.poll(() => isIdle(runId), { timeout: 40_000 }).toBe(true);
  const before = await timeOf(fileId);
  expect(before).toMatchObject({ finished: false, run: 1 });
  expect(sumOf(before)).toBe(before.wallMs);

  await db
    .update(steps)
    .set({ heldUntil: new Date(0) })
    .where(eq(steps.runId, runId));
  expect(await reconcile(stack.runtime)).toMatchObject({ holdsReleased: 1 });
  await expect
    .poll(
      async () => {
        stack.clock.advance(2000);
        const [file] = await db.select().from(files).where(eq(files.id, fileId));
        return file?.status;
      },
      { timeout: 60_000, interval: 200 },
    )
    .toBe("succeeded");

  const outcomes = (await attemptsOf(stack, runId)).map(({ outcome }) => outcome);
  expect(outcomes).toEqual(expect.arrayContaining(["retry", "held", "succeeded"]));
  await db.execute(sql`delete from spans`);
  const time = await timeOf(fileId);
  expect(sumOf(time)).toBe(time.wallMs);
  expect(sumOf(time, "unexplained")).toBeLessThanOrEqual(time.wallMs / 100);
  const kinds = new Set(time.parts.map(({ kind }) => kind));
  expect([...kinds]).toEqual(expect.arrayContaining(["work", "queue", "backoff"]));
  expect(time.parts).toContainEqual(expect.objectContaining({ kind: "work", step: null, reason: "upload" }));
  const names = time.criticalPath.map(({ name }) => name);
  expect(names).toEqual(["inspect", "extract", "chunk", "embed", "index", "finalize"]);
}, 180_000);

test("a run that is held says so up to now, with the reason", async () => {
  await gatewayAnswers(stack, 402, 1);
  const { fileId, runId } = await upload(stack, "held.md", "# Held\n\nUntil the account is topped up.");
  await expect
    .poll(async () => (await stepsOf(stack, runId)).map(({ state }) => state), { timeout: 20_000 })
    .toContain("held");
  const first = await timeOf(fileId);
  await expect.poll(async () => (await timeOf(fileId)).wallMs).toBeGreaterThan(first.wallMs + 20);
  const later = await timeOf(fileId);
  expect(later.intervals.at(-1)).toMatchObject({
    kind: "held",
    step: "embed",
    reason: "provider_out_of_credit",
    endMs: later.endMs,
  });
  expect(sumOf(later, "unexplained")).toBe(0);
  await stack.database.db
    .update(steps)
    .set({ heldUntil: new Date(0) })
    .where(eq(steps.runId, runId));
  await reconcile(stack.runtime);
  await ended(stack, fileId);
  const done = await timeOf(fileId);
  expect(sumOf(done, "held")).toBeGreaterThanOrEqual(sumOf(later, "held"));
  expect(sumOf(done)).toBe(done.wallMs);
}, 60_000);

test("both rounds of a run are explained, and so is the time in which nobody had requeued it", async () => {
  await gatewayAnswers(stack, 401, 1);
  const { fileId } = await upload(stack, "requeued.md", "# Requeued\n\nAfter a key was set right.");
  expect(await ended(stack, fileId)).toMatchObject({ status: "failed" });
  const failed = await timeOf(fileId);
  const waitedUntil = failed.endMs + 200;
  await expect.poll(() => stack.runtime.clock.now().getTime()).toBeGreaterThan(waitedUntil);
  await (await startTriage(stack)).requeue(fileId, "failed");
  expect(await ended(stack, fileId)).toMatchObject({ status: "succeeded" });
  const time = await timeOf(fileId);
  expect(sumOf(time)).toBe(time.wallMs);
  expect(sumOf(time, "unexplained")).toBeLessThanOrEqual(time.wallMs / 100);
  expect(time.intervals).toContainEqual(
    expect.objectContaining({ kind: "held", reason: "requeue", startMs: failed.endMs }),
  );
  expect(sumOf(time, "held")).toBeGreaterThanOrEqual(200);
}, 60_000);
