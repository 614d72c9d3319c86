import { expect, test } from "vitest";
import { sampleSpan } from "../../../../../tests/support/console/sample-trace.ts";
import { tabulate } from "../spans/span-table.model.ts";
import { criticalPlaces } from "./critical-places.model.ts";

const embed = (shard: number) => ({ step: "embed", shard });
const table = tabulate([
  sampleSpan({ ...embed(0), spanId: "a", name: "wait in queue", startMs: 0, endMs: 10 }),
  sampleSpan({ ...embed(0), spanId: "b", name: "process embed", startMs: 10, endMs: 20 }),
  sampleSpan({ ...embed(1), spanId: "c", name: "wait in queue", startMs: 0, endMs: 15 }),
  sampleSpan({ ...embed(1), spanId: "d", name: "process embed", startMs: 15, endMs: 90 }),
  sampleSpan({ ...embed(1), spanId: "e", name: "wait for next attempt", startMs: 90, endMs: 95 }),
]);

test("an attempt on the path is marked, and what it had waited for", () => {
  expect([...criticalPlaces(table, ["d"])]).toEqual([0, 0, 1, 1, 0]);
});

test("a span that is not among those read marks nothing", () => {
  expect([...criticalPlaces(table, ["elsewhere"])]).toEqual([0, 0, 0, 0, 0]);
});
