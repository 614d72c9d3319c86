import { expect, it } from "vitest";
import { courseOf, nearestPlace } from "./course.model.ts";

const at = (hour: number) => `2026-11-25T${String(hour).padStart(2, "0")}:00:00.000Z`;
const points = [
  { at: at(0), settledNanoUsd: "0", expectedNanoUsd: null },
  { at: at(6), settledNanoUsd: "50", expectedNanoUsd: null },
  { at: at(12), settledNanoUsd: "100", expectedNanoUsd: "100" },
  { at: at(20), settledNanoUsd: null, expectedNanoUsd: "200" },
];
const budget = { limitNanoUsd: "150", usedUpAt: at(16) };

it("draws what was settled up to now, and from there what is expected", () => {
  const course = courseOf(points, budget);
  expect(course?.settled.map(({ x }) => x)).toEqual([0, 0.3, 0.6]);
  expect(course?.expected.map(({ x }) => x)).toEqual([0.6, 1]);
  expect(course?.nowX).toBe(0.6);
  expect(course?.usedUpX).toBe(0.8);
});

it("leaves room above the highest line, whichever that is", () => {
  expect(courseOf(points, budget)?.topNanoUsd).toBe(216n);
  expect(courseOf(points, { ...budget, limitNanoUsd: "1000" })).toMatchObject({ topNanoUsd: 1_080n });
});

it("lets what is expected far above the limit leave the chart", () => {
  expect(courseOf(points, { ...budget, limitNanoUsd: "50" })?.topNanoUsd).toBe(173n);
});

it("marks nothing that lies behind the end of the window", () => {
  expect(courseOf(points, { ...budget, usedUpAt: at(23) })?.usedUpX).toBeNull();
});

it("draws nothing of a single point", () => {
  expect(courseOf(points.slice(0, 1), budget)).toBeNull();
});

it("finds what is nearest to the pointer", () => {
  const course = courseOf(points, budget);
  expect(course && nearestPlace(course, 0.35)?.point.at).toBe(at(6));
  expect(course && nearestPlace(course, 0.95)?.point.at).toBe(at(20));
});
