import { expect, it } from "vitest";
import { formatDuration } from "./duration.ts";

it.each([
  [0, "0 ms"],
  [0.25, "0.25 ms"],
  [4.25, "4.3 ms"],
  [840.4, "840 ms"],
  [999.9, "1 s"],
  [4_237, "4.24 s"],
  [42_370, "42.4 s"],
  [59_990, "1 min 00 s"],
  [200_000, "3 min 20 s"],
  [7_500_000, "2 h 05 min"],
  [3 * 86_400_000, "3 days"],
  [-5, "0 ms"],
])("reads %d ms as %s", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
