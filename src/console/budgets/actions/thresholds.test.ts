import { expect, it } from "vitest";
import { parseThresholds } from "./thresholds.ts";

it.each([
  ["50, 80, 100", [50, 80, 100]],
  ["100% 50% 50", [50, 100]],
  ["", []],
])("reads %j", (typed, percents) => {
  expect(parseThresholds(typed)).toEqual(percents);
});

it.each(["0", "1001", "fifty", "1 2 3 4 5 6 7 8 9 10 11", "-5", "1.5"])("refuses %j", (typed) => {
  expect(parseThresholds(typed)).toBeNull();
});
