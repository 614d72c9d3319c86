import { expect, test } from "vitest";
import { sampleSpan } from "../../../../../tests/support/console/sample-trace.ts";
import { tabulate } from "../spans/span-table.model.ts";
import { findHits, hitsBetween, isHit, nextHit } from "./find-hits.model.ts";
import { buildTraceRows } from "./trace-rows.model.ts";

const table = tabulate([
  sampleSpan({ spanId: "root", name: "ingest", startMs: 0 }),
  sampleSpan({ spanId: "a", name: "Get Blob", startMs: 1 }),
  sampleSpan({
    spanId: "b",
    name: "embed",
    startMs: 2,
    status: "error",
    statusMessage: "refused",
    errorCode: "model_refused",
  }),
  sampleSpan({ spanId: "c", name: "wait", waitReason: "budget_exhausted", startMs: 3 }),
]);
const tree = buildTraceRows(table, [{ number: 1, traceId: "t1", failed: false, underWay: false }]);
const find = (word: string, byServer: string[] = []) => [...findHits(table, tree, word, byServer)];

test("a word is found in names, errors and reasons, whatever its case", () => {
  expect(find("blob")).toEqual([1]);
  expect(find("MODEL_REFUSED")).toEqual([2]);
  expect(find("budget")).toEqual([3]);
  expect(find(" ")).toEqual([]);
});

test("what the server found by attributes is added, each row once, in order", () => {
  expect(find("get", ["c", "a", "of another file"])).toEqual([1, 3]);
});

test("hits are stepped through in both directions, round the ends", () => {
  const hits = Int32Array.from([2, 5, 9]);
  expect([nextHit(hits, -1, 1), nextHit(hits, 5, 1), nextHit(hits, 9, 1)]).toEqual([2, 9, 2]);
  expect([nextHit(hits, 9, -1), nextHit(hits, 6, -1), nextHit(hits, 2, -1)]).toEqual([5, 5, 9]);
  expect(nextHit(new Int32Array(0), 3, 1)).toBeNull();
});

test("hits that are folded away can be counted", () => {
  const hits = Int32Array.from([2, 5, 9]);
  expect(hitsBetween(hits, 3, 10)).toBe(2);
  expect([isHit(hits, 5), isHit(hits, 6)]).toEqual([true, false]);
});
