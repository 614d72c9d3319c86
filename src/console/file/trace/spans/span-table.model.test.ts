import { expect, test } from "vitest";
import { sampleOriginMs, sampleSpan } from "../../../../../tests/support/console/sample-trace.ts";
import { tabulate } from "./span-table.model.ts";

test("times are told to the nanosecond from the earliest span", () => {
  const table = tabulate([
    sampleSpan({ spanId: "late", startMs: 1_500.000123, endMs: 1_500.25 }),
    sampleSpan({ spanId: "early", startMs: 1_000 }),
  ]);
  expect(table.originMs).toBe(sampleOriginMs + 1_000);
  expect(table.startMs[0]).toBeCloseTo(500.000123, 6);
  expect(table.endMs[0]).toBeCloseTo(500.25, 6);
  expect(table.lastMs).toBeCloseTo(500.25, 6);
});

test("the time line begins no later than the file was received", () => {
  const table = tabulate([sampleSpan({ startMs: 80 })], [], sampleOriginMs);
  expect(table.startMs[0]).toBe(80);
});

test("a span that was read twice, and one that has ended since it was told to be open, count once", () => {
  const ended = sampleSpan({ spanId: "a", startMs: 0, endMs: 40 });
  const table = tabulate(
    [ended, ended],
    [sampleSpan({ spanId: "a" }), sampleSpan({ spanId: "b", startMs: 50 })],
  );
  expect(table.spans.map(({ spanId }) => spanId)).toEqual(["a", "b"]);
  expect([...table.endMs]).toEqual([40, Number.POSITIVE_INFINITY]);
});

test("a span that ends before it began, by a clock that was set back, has no negative length", () => {
  const table = tabulate([sampleSpan({ startMs: 100, endMs: 90 })]);
  expect(table.endMs[0]).toBe(table.startMs[0]);
});
