import { spawn } from "node:child_process";
import { once } from "node:events";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { files } from "../../src/db/schema/files.ts";
import { runs } from "../../src/db/schema/runs.ts";
import { spans } from "../../src/db/schema/spans.ts";
import { reconcile } from "../../src/jobs/reconcile.ts";
import { repairBeginnings } from "../../src/jobs/repair-beginnings.ts";
import { createAdjustableClock } from "../../src/kernel/clock.ts";
import type { FaultPointName } from "../../src/kernel/fault-point.ts";
import { ended, upload } from "../support/ingest.ts";
import { attemptsOf, storedSpan } from "../support/requeue.ts";
import { startServedStack } from "../support/served-stack.ts";
import type { Stack } from "../support/stack.ts";

vi.setConfig({ testTimeout: 60_000 });

let stack: Stack;
const later = createAdjustableClock();
beforeAll(async () => {
  stack = await startServedStack();
  later.advance(60_000);
});
afterAll(() => stack.close());

const points: FaultPointName[] = ["upload.committed", "publish.sent", "upload.published"];

test.each(points)("an upload whose process dies at %s is ingested, and its trace is whole", async (point) => {
  const { db } = stack.database;
  const name = `${point}.md`;
  const child = spawn(process.execPath, ["tests/faults/upload-process.ts", name, `# ${point}\n\nWords.`], {
    env: { ...process.env, ...stack.variables, WAYBILL_FAULT_POINT: point },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [, signal] = await once(child, "exit");
  expect(signal).toBe("SIGKILL");
  await reconcile(stack.runtime);
  const [file] = await db.select().from(files).where(eq(files.name, name));
  expect(await ended(stack, file?.id ?? "", 45_000)).toMatchObject({ status: "succeeded" });

  const [run] = await db
    .select()
    .from(runs)
    .where(eq(runs.fileId, file?.id ?? ""));
  const runId = run?.id ?? "";
  const root = await storedSpan(stack, runId, "ingest");
  await repairBeginnings({ ...stack.runtime, clock: later });
  const received = await storedSpan(stack, runId, "receive upload");
  const [first] = await attemptsOf(stack, runId);
  expect(received).toMatchObject({
    traceId: run?.traceId,
    parentSpanId: root.spanId,
    startedAt: run?.createdAt,
    attributes: { "waybill.span.recovered": true },
  });
  expect(received.endNs).toBe(BigInt(first?.waitedSince?.getTime() ?? 0) * 1_000_000n);
  expect(await repairBeginnings({ ...stack.runtime, clock: later })).toBe(0);
});

test("a trace that has all of its spans is left as it is", async () => {
  const { fileId, runId } = await upload(stack, "whole.md", "# Whole\n\nNobody died.");
  await ended(stack, fileId);
  await storedSpan(stack, runId, "ingest");
  expect(await repairBeginnings({ ...stack.runtime, clock: later })).toBe(0);
  // Where nothing is missed yet, nothing is looked for.
  const { db } = stack.database;
  await db.delete(spans).where(and(eq(spans.name, "receive upload"), eq(spans.runId, runId)));
  const [run] = await db.select({ at: runs.createdAt }).from(runs).where(eq(runs.id, runId));
  const early = createAdjustableClock({ frozenAt: run?.at ?? new Date(0) });
  expect(await repairBeginnings({ ...stack.runtime, clock: early })).toBe(0);
});
