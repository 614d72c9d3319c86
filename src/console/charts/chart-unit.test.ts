import { expect, it } from "vitest";
import { formatExactly, formatMark, formatValue } from "./chart-unit.ts";

it.each([
  [300_000, "ms", "5 min"],
  [7_200_000, "ms", "2 h"],
  [90_000, "ms", "1 min 30 s"],
  [50_000_000, "bytes", "50 MB"],
  [2_500_000_000, "bytes", "2.5 GB"],
  [100_000, "nano-usd", "$0.0001"],
  [12.5, "percent", "12.5 %"],
  [1_500, "count", "1,500"],
] as const)("marks %d %s as %s", (value, unit, text) => {
  expect(formatMark(value, unit)).toBe(text);
});

it("keeps every digit for whoever asks for the figure itself", () => {
  expect(formatExactly(1_234_567_891n, "nano-usd")).toBe("$1.234567891");
  expect(formatExactly(2_413_127, "bytes")).toBe("2,413,127 B");
  expect([formatValue(null, "ms"), formatExactly(null, "nano-usd")]).toEqual(["–", "–"]);
});
