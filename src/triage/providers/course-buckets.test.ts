import { expect, it } from "vitest";
import { courseBuckets } from "./course-buckets.ts";

const now = new Date("2026-03-01T12:00:30Z");
const hourMs = 3_600_000;
const lastHours = (hours: number) => {
  const from = new Date(now.getTime() - hours * hourMs);
  const { width, grain, boundaries } = courseBuckets({ from, to: now, now });
  return [width, grain, boundaries.length - 1];
};

it("gives every span that the page offers about a hundred points", () => {
  expect(lastHours(1)).toEqual(["1m", "minute", 61]);
  expect(lastHours(6)).toEqual(["5m", "minute", 73]);
  expect(lastHours(24)).toEqual(["15m", "minute", 97]);
  expect(lastHours(7 * 24)).toEqual(["1h", "hour", 169]);
  expect(lastHours(30 * 24)).toEqual(["6h", "hour", 121]);
});

it("takes hours where minutes are no longer kept", () => {
  const from = new Date(now.getTime() - 72 * hourMs);
  const to = new Date(from.getTime() + hourMs);
  expect(courseBuckets({ from, to, now })).toMatchObject({ width: "1h", grain: "hour" });
});

it("covers the whole span, from a boundary before it to one after it", () => {
  const { boundaries } = courseBuckets({ from: new Date(now.getTime() - hourMs), to: now, now });
  expect(boundaries[0]?.toISOString()).toBe("2026-03-01T11:00:00.000Z");
  expect(boundaries.at(-1)?.toISOString()).toBe("2026-03-01T12:01:00.000Z");
});

it("refuses a span that is empty or too long", () => {
  expect(() => courseBuckets({ from: now, to: now, now })).toThrow(/malformed|request/i);
  expect(() => courseBuckets({ from: new Date("2020-01-01"), to: now, now })).toThrow();
});
