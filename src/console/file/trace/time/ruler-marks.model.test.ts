import { expect, test } from "vitest";
import { markWords, rulerMarks } from "./ruler-marks.model.ts";
import { makeTimeAxis } from "./time-axis.ts";

test("the ruler has round times, about as many as asked for", () => {
  const marks = rulerMarks(makeTimeAxis(4_200, []), { from: 0, to: 4_200 }, 6);
  expect(marks.map(({ atMs }) => atMs)).toEqual([0, 1_000, 2_000, 3_000, 4_000]);
  expect(marks[1]?.share).toBeCloseTo(1_000 / 4_200);
});

test("the ruler shows the times of what is in sight", () => {
  const marks = rulerMarks(makeTimeAxis(10_000, []), { from: 2_150, to: 2_650 }, 5);
  expect(marks.map(({ atMs }) => atMs)).toEqual([2_200, 2_300, 2_400, 2_500, 2_600]);
});

test("behind a cut the ruler begins anew", () => {
  const axis = makeTimeAxis(3_602_000, [{ startMs: 1_000, endMs: 3_600_000 }]);
  const marks = rulerMarks(axis, { from: 0, to: axis.length }, 3);
  expect(marks.map(({ atMs }) => atMs)).toEqual([0, 0, 2_000]);
});

const minuteMs = 60_000;

test("from ten seconds on the ruler counts in minutes, hours and days", () => {
  const stepOf = (lengthMs: number) =>
    rulerMarks(makeTimeAxis(lengthMs, []), { from: 0, to: lengthMs }, 8)[1]?.atMs;
  expect(stepOf(15 * minuteMs)).toBe(2 * minuteMs);
  expect(stepOf(60 * minuteMs)).toBe(10 * minuteMs);
  expect(stepOf(24 * 60 * minuteMs)).toBe(3 * 60 * minuteMs);
  expect(stepOf(20 * 24 * 60 * minuteMs)).toBe(5 * 24 * 60 * minuteMs);
});

test("a mark says its time in as few words as it takes", () => {
  const times = [0, 250, 20_000, 2 * minuteMs, 90 * minuteMs, 120 * minuteMs];
  expect(times.map(markWords)).toEqual(["0", "250 ms", "20 s", "2 min", "1 h 30 min", "2 h"]);
});
