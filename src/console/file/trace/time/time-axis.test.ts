import fc from "fast-check";
import { expect, test } from "vitest";
import { idleBetween, makeTimeAxis, sinceCut, toLine, toTime } from "./time-axis.ts";

const hourMs = 3_600_000;
const axis = makeTimeAxis(hourMs + 2_000, [{ startMs: 1_000, endMs: hourMs }]);

test("long idle time is a short mark on the line, so that both sides can be seen", () => {
  expect(axis.cuts).toEqual([{ startMs: 1_000, endMs: hourMs, at: 1_000, width: 90 }]);
  expect(axis.length).toBeCloseTo(3_090);
  expect(toLine(axis, hourMs + 500)).toBeCloseTo(1_590);
  expect(sinceCut(axis, hourMs + 500)).toBe(500);
});

test("short idle time stays as it is", () => {
  const axis = makeTimeAxis(10_000, [{ startMs: 1_000, endMs: 2_000 }]);
  expect(axis).toEqual({ cuts: [], length: 10_000 });
});

test("places and times lead to each other, in order", () => {
  const time = fc.double({ min: 0, max: hourMs + 2_000, noNaN: true });
  fc.assert(
    fc.property(time, time, (a, b) => {
      expect(toTime(axis, toLine(axis, a))).toBeCloseTo(a, 3);
      if (a < b) expect(toLine(axis, a)).toBeLessThanOrEqual(toLine(axis, b));
    }),
  );
});

test("the line of a file that has nothing yet has a length", () => {
  expect(makeTimeAxis(0, []).length).toBeGreaterThan(0);
});

test("idle is what no stretch covers, however they overlap", () => {
  const stretch = (startMs: number, endMs: number) => ({ startMs, endMs });
  expect(
    idleBetween([stretch(0, 10), stretch(2, 4), stretch(5, 8), stretch(20, 30), stretch(30, 31)]),
  ).toEqual([stretch(10, 20)]);
  expect(idleBetween([])).toEqual([]);
});
