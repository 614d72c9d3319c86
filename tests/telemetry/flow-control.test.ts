import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { spans } from "../../src/db/schema/spans.ts";
import { getFileTime } from "../../src/pipeline/time/get-file-time.ts";
import { manualPdf } from "../support/documents/manual-pdf.ts";
import { ended, upload } from "../support/ingest.ts";
import { attemptsOf, storedSpan } from "../support/requeue.ts";
import { startServedStack } from "../support/served-stack.ts";
import type { Stack } from "../support/stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startServedStack({ WAYBILL_PROJECT_PARALLELISM: "2" });
});
afterAll(() => stack.close());

test("a fan-out that is wider than the project's places waits for them, and says so", async () => {
  const { fileId, runId } = await upload(stack, "wide.pdf", manualPdf({ pages: 1_000, seed: 11 }));
  expect(await ended(stack, fileId, 90_000)).toMatchObject({ status: "succeeded" });
  await storedSpan(stack, runId, "ingest");
  const waited = (await attemptsOf(stack, runId)).filter(({ waitedFor }) => waitedFor === "flow-control");
  expect(waited.length).toBeGreaterThan(0);
  const told = await stack.database.db
    .select()
    .from(spans)
    .where(and(eq(spans.runId, runId), eq(spans.name, "wait for flow control")));
  expect(told).toHaveLength(waited.length);
  for (const span of told) {
    const attempt = waited.find(({ stepId }) => stepId === span.attributes["waybill.step.id"]);
    expect(span).toMatchObject({
      startedAt: attempt?.waitedSince,
      attributes: { "waybill.wait.reason": "flow-control" },
    });
    expect(span.endNs).toBe(BigInt(attempt?.startedAt.getTime() ?? 0) * 1_000_000n);
  }
  const { parts, wallMs } = await getFileTime(stack.runtime, { fileId, run: null });
  expect(parts.reduce((sum, { ms }) => sum + ms, 0)).toBe(wallMs);
}, 120_000);
