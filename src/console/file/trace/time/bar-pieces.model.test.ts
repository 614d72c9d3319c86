import { expect, test } from "vitest";
import { sampleSpan } from "../../../../../tests/support/console/sample-trace.ts";
import { tabulate } from "../spans/span-table.model.ts";
import { barPieces, spanBands, stretchBands } from "./bar-pieces.model.ts";
import { densityOf } from "./density.model.ts";
import type { Scale } from "./scale.ts";
import { toMs, toPx } from "./scale.ts";
import { makeTimeAxis } from "./time-axis.ts";

const axis = makeTimeAxis(1_000, []);
const scale: Scale = { axis, window: { from: 0, to: 1_000 }, widthPx: 500, nowMs: 1_000 };
const span = (spanId: string, startMs: number, endMs: number, change = {}) =>
  sampleSpan({ spanId, startMs, endMs, ...change });

test("a bar stands at its time, in the window that is in sight", () => {
  const table = tabulate([span("a", 0, 100), span("b", 500, 750)]);
  expect(barPieces(table, [0, 1], scale).map(({ leftPx, widthPx }) => [leftPx, widthPx])).toEqual([
    [0, 50],
    [250, 125],
  ]);
  const zoomed = { ...scale, window: { from: 500, to: 600 } };
  expect(barPieces(table, [0, 1], zoomed)).toMatchObject([{ place: 1, leftPx: 0, widthPx: 504 }]);
  expect(toMs(zoomed, toPx(zoomed, 560))).toBeCloseTo(560);
});

test("the shortest work is still seen", () => {
  const table = tabulate([span("a", 0, 0.001), span("b", 1_000, 1_000)]);
  expect(barPieces(table, [0], scale)[0]?.widthPx).toBe(2);
});

test("what has not ended is drawn to the present moment", () => {
  const table = tabulate([span("z", 0, 1)], [span("a", 200, 200)]);
  expect(barPieces(table, [1], { ...scale, nowMs: 600 })).toMatchObject([
    { leftPx: 100, widthPx: 200, open: true },
  ]);
});

test("many spans become few stretches, each look by itself, failures marked", () => {
  const table = tabulate([
    span("a", 0, 100),
    span("b", 100, 200),
    span("c", 150, 180, { status: "error" }),
    span("d", 400, 500),
    span("e", 0, 40, { name: "wait in queue", waitReason: "queue" }),
  ]);
  const bands = spanBands(table, [0, 4, 1, 2, 3], scale);
  expect(bands.get("step")).toEqual([0, 100, 200, 250]);
  expect(bands.get("queue")).toEqual([0, 20]);
  expect(bands.get("failed")).toEqual([75, 90]);
});

test("what the time of a run went to is drawn by its kind", () => {
  const bands = stretchBands(
    [
      { band: "step", startMs: 0, endMs: 100 },
      { band: "unexplained", startMs: 100, endMs: 200 },
    ],
    scale,
  );
  expect([...bands]).toEqual([
    ["step", [0, 50]],
    ["unexplained", [50, 100]],
  ]);
});

test("the map counts what is at work and what waits at every time, and where something failed", () => {
  const table = tabulate([
    span("a", 0, 499),
    span("b", 250, 499, { status: "error" }),
    span("w", 500, 999, { name: "wait in queue", waitReason: "queue" }),
  ]);
  const density = densityOf(table, axis, 1_000, 4);
  expect([...density.work.subarray(0, 4)]).toEqual([1, 2, 0, 0]);
  expect([...density.waits.subarray(0, 4)]).toEqual([0, 0, 1, 1]);
  expect([...density.failed]).toEqual([0, 1, 0, 0]);
  expect([density.mostWork, density.mostWaits]).toEqual([2, 1]);
});
