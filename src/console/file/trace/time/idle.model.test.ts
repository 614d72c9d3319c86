import { expect, test } from "vitest";
import { sampleSpan } from "../../../../../tests/support/console/sample-trace.ts";
import { buildTraceRows } from "../rows/trace-rows.model.ts";
import { tabulate } from "../spans/span-table.model.ts";
import { idleTimes } from "./idle.model.ts";

const runs = [1, 2].map((number) => ({ number, traceId: `t${number}`, failed: false, underWay: false }));
const work = (spanId: string, startMs: number, endMs: number, traceId = "t1") =>
  sampleSpan({ spanId, traceId, name: "receive upload", startMs, endMs });

function idleOf(spans: ReturnType<typeof sampleSpan>[]) {
  const table = tabulate(spans);
  return idleTimes(table, buildTraceRows(table, runs).rows);
}

test("a file is at rest between its runs", () => {
  expect(idleOf([work("a", 0, 100), work("b", 5_000, 5_100, "t2")])).toEqual([
    { startMs: 100, endMs: 5_000 },
  ]);
});

test("a run that had ended is at rest until it is requeued", () => {
  const rest = sampleSpan({ spanId: "r", name: "wait for requeue", startMs: 100, endMs: 5_000 });
  expect(idleOf([work("a", 0, 100), rest, work("b", 5_010, 5_100)])).toEqual([
    { startMs: 100, endMs: 5_010 },
  ]);
});

test("time inside a run of which nothing is known is no rest", () => {
  expect(idleOf([work("a", 0, 100), work("b", 5_000, 5_100)])).toEqual([]);
});
