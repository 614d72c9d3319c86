import { expect, test } from "vitest";
import { sampleSpan } from "../../../../../tests/support/console/sample-trace.ts";
import { tabulate } from "../spans/span-table.model.ts";
import { durationWords, spokenWords, workWords } from "./row-words.ts";
import { buildTraceRows } from "./trace-rows.model.ts";

const of = (shard: number) => ({ step: "extract", shard, name: "process extract" });
const closed = [
  sampleSpan({ ...of(0), spanId: "w", name: "wait in queue", waitReason: "queue", startMs: 0, endMs: 900 }),
  sampleSpan({ ...of(0), spanId: "a", startMs: 900, endMs: 1_000 }),
  sampleSpan({ ...of(1), spanId: "b", startMs: 0, endMs: 400, status: "error" }),
];
const table = tabulate(closed, [sampleSpan({ ...of(2), spanId: "c", startMs: 500 })]);
const { rows, rowOfSpan } = buildTraceRows(table, [
  { number: 1, traceId: "t1", failed: false, underWay: false },
]);
const row = (spanId: string) => {
  const found = rows[rowOfSpan[table.placeOf.get(spanId) ?? -1] ?? -1];
  if (found === undefined) throw new TypeError(`no row of ${spanId}`);
  return found;
};

test("an attempt took what its work took, without the wait before it", () => {
  expect(durationWords(row("a"), table, 2_000)).toBe("100 ms");
});

test("a step that waits again has taken all of it, and says how much was work", () => {
  const held = tabulate(
    [sampleSpan({ ...of(0), spanId: "a", startMs: 0, endMs: 60 })],
    [sampleSpan({ ...of(0), spanId: "h", name: "wait while held", waitReason: "budget", startMs: 60 })],
  );
  const [, waiting] = buildTraceRows(held, [
    { number: 1, traceId: "t1", failed: false, underWay: true },
  ]).rows;
  expect(waiting && durationWords(waiting, held, 5_000)).toBe("5 s");
  expect(waiting && workWords(waiting, held)).toBe("60 ms of it work");
  expect(workWords(row("a"), table)).toBe("");
});

test("what goes on has taken until now", () => {
  expect(spokenWords(row("c"), table, 2_000)).toBe("took 1.5 s, under way");
});

test("a failure is said aloud, of a fan-out how many", () => {
  expect(spokenWords(row("b"), table, 2_000)).toBe("took 400 ms, failed");
  const fanOut = rows.find(({ kind }) => kind === "fan-out");
  expect(fanOut && spokenWords(fanOut, table, 2_000)).toBe("took 2 s, slowest 400 ms, 1 failed, 1 under way");
});
