import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createAdjustableClock } from "../../src/kernel/clock.ts";
import { readSpan } from "../../src/telemetry/read-span.ts";
import { readTrace } from "../../src/telemetry/read-trace.ts";
import { ended, upload } from "../support/ingest.ts";
import { startServedStack } from "../support/served-stack.ts";
import type { Stack } from "../support/stack.ts";

vi.setConfig({ testTimeout: 60_000 });

let stack: Stack;
beforeAll(async () => {
  stack = await startServedStack();
});
afterAll(() => stack.close());

test("an attempt whose worker's clock is behind the one that sent its message says by how much", async () => {
  const ahead = createAdjustableClock();
  ahead.advance(5 * 60_000);
  const sender: Stack = { ...stack, runtime: { ...stack.runtime, clock: ahead } };
  const { fileId } = await upload(sender, "skewed.md", "# Skewed\n\nSent from five minutes ahead.");
  expect(await ended(stack, fileId, 45_000)).toMatchObject({ status: "succeeded" });
  await stack.runtime.telemetry.flush();
  const { items } = await readTrace(stack.runtime, { fileId, limit: 1_000, cursor: null });
  const inspect = items.find((span) => span.name === "process inspect");
  expect(inspect?.skewMs).toBeGreaterThan(4.9 * 60_000);
  expect(inspect?.skewMs).toBeLessThanOrEqual(5 * 60_000);
  const { attributes, events } = await readSpan(stack.runtime, { fileId, spanId: inspect?.spanId ?? "" });
  expect(attributes["waybill.clock.skew_ms"]).toBeGreaterThan(4.9 * 60_000);
  expect(events.map((event) => event.name)).toContain("clock skew");
});

test("a run whose machines agree shows no skew", async () => {
  const { fileId } = await upload(stack, "agreed.md", "# Agreed\n\nAll clocks are one.");
  await ended(stack, fileId, 45_000);
  await stack.runtime.telemetry.flush();
  const { items } = await readTrace(stack.runtime, { fileId, limit: 1_000, cursor: null });
  expect(items.length).toBeGreaterThan(10);
  expect(items.filter((span) => span.skewMs !== undefined)).toEqual([]);
});
