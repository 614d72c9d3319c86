import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDurationMs } from "./duration.ts";

test.each([
  ["50s", 50_000],
  ["1d10h30m", 124_200_000],
  ["6m5s", 365_000],
  ["1.5h", 5_400_000],
  ["250ms", 250],
  ["10us", 0.01],
  ["0s", 0],
])("%s is %d ms", (text, durationMs) => {
  expect(parseDurationMs(text)).toBeCloseTo(durationMs, 9);
});

test.each(["", "5", "s", "5 s", "-5s", "5s!", "5x", "1h-2m", "5S"])("%j is no duration", (text) => {
  expect(parseDurationMs(text)).toBeUndefined();
});

test("the parts of a duration add up", () => {
  const part = fc.tuple(fc.nat(1000), fc.constantFrom("ms", "s", "m", "h", "d"));
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
      const texts = parts.map(([amount, unit]) => `${amount}${unit}`);
      const sum = texts.reduce((total, text) => total + (parseDurationMs(text) ?? Number.NaN), 0);
      expect(parseDurationMs(texts.join(""))).toBe(sum);
    }),
  );
});
