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

test.each(["9".repeat(400).concat("s"), "", "5", "s", "5 s", "-5s", "5s!", "5x", "1h-2m", "5S"])(
  "%j is no duration",
  (text) => {
    expect(parseDurationMs(text)).toBeUndefined();
  },
);

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

/** Go prints a duration largest unit first, without the parts that are 0. */
function format(durationMs: number): string {
  const units = [
    ["d", 86_400_000],
    ["h", 3_600_000],
    ["m", 60_000],
    ["s", 1000],
    ["ms", 1],
  ] as const;
  let rest = durationMs;
  const parts = units.map(([unit, unitMs]) => {
    const amount = Math.floor(rest / unitMs);
    rest -= amount * unitMs;
    return amount === 0 ? "" : `${amount}${unit}`;
  });
  return parts.join("") || "0s";
}

test("what is formatted is read back as it was", () => {
  fc.assert(
    fc.property(fc.nat({ max: 10 ** 13 }), (durationMs) => {
      expect(parseDurationMs(format(durationMs))).toBe(durationMs);
    }),
  );
});

test("any text is read as a duration from 0 that can be told in ms, or as none", () => {
  const text = fc.string({ unit: fc.constantFrom(..."0123456789.-+ dhmsnuµ", "ms", "e9") });
  fc.assert(
    fc.property(text, (duration) => {
      const durationMs = parseDurationMs(duration) ?? 0;
      expect(durationMs).toBeGreaterThanOrEqual(0);
      expect(durationMs).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
    }),
  );
});
