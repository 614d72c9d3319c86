import { expect, it } from "vitest";
import { dollarsAsTyped, parseDollars } from "./money-input.ts";

it.each([
  ["50", 50_000_000_000n],
  ["$1,250.50", 1_250_500_000_000n],
  [" 0.000031 ", 31_000n],
  [".5", 500_000_000n],
  ["0", 0n],
  ["0.000000001", 1n],
])("reads %s", (typed, nanoUsd) => {
  expect(parseDollars(typed)).toBe(nanoUsd);
});

it.each(["", "$", ".", "five", "-1", "1.2.3", "0.0000000001", "1000000000", "1e3"])("refuses %j", (typed) => {
  expect(parseDollars(typed)).toBeNull();
});

it.each([
  [50_000_000_000n, "50"],
  [31_000n, "0.000031"],
  [1_250_500_000_000n, "1250.5"],
  [0n, "0"],
  [100_000_000_000n, "100"],
])("writes %d as it is typed", (nanoUsd, typed) => {
  expect(dollarsAsTyped(nanoUsd)).toBe(typed);
  expect(parseDollars(typed)).toBe(nanoUsd);
});
