import { expect, test } from "vitest";
import { doneChart, paceText, perMinuteText } from "./throughput.model.ts";

test.each([
  [0, "0"],
  [0.02, "< 0.1"],
  [0.25, "0.25"],
  [3.44, "3.4"],
  [120.4, "120"],
  [1_234.5, "1,230"],
])("%f files a minute read %s", (pace, text) => {
  expect(perMinuteText(pace)).toBe(text);
});

const at = { perMinute: 10, dayBeforePerMinute: 10, failedPerMinute: 0, hours: [] };

test.each([
  [at, "It was 10 in the same hour of the day before, about the same."],
  [{ ...at, dayBeforePerMinute: 8 }, "It was 8 in the same hour of the day before: 25 % more now."],
  [{ ...at, dayBeforePerMinute: 20 }, "It was 20 in the same hour of the day before: 50 % less now."],
  [
    { ...at, dayBeforePerMinute: 0, failedPerMinute: 0.01 },
    "None was in the same hour of the day before. 1 % of them fail.",
  ],
])("the pace %o is held against the day before", (throughput, text) => {
  expect(paceText(throughput)).toBe(text);
});

test("the chart has an end for its last hour, and no line for what never happened", () => {
  const hours = [
    { at: "2026-03-01T06:00:00.000Z", succeeded: 3, failed: 0 },
    { at: "2026-03-01T07:00:00.000Z", succeeded: 5, failed: 0 },
  ];
  expect(doneChart({ ...at, hours })).toEqual({
    boundaries: ["2026-03-01T06:00:00.000Z", "2026-03-01T07:00:00.000Z", "2026-03-01T08:00:00.000Z"],
    goesOn: true,
    series: [{ key: "succeeded", label: "succeeded", tone: undefined, values: [3, 5] }],
  });
});
