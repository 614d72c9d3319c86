import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cover, type Segment } from "./cover.ts";

const quarterMs = 15 * 60_000;
const widths = { quarter: 1, hour: 4, day: 96 };
const at = (quarter: number) => new Date(quarter * quarterMs);

/** How often each quarter hour is counted, by the span it is counted for. */
function counted(segments: readonly Segment[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { place, sign, from, to } of segments) {
    for (let ms = from.getTime(); ms < to.getTime(); ms += quarterMs) {
      const key = `${place} ${ms / quarterMs}`;
      const count = (counts.get(key) ?? 0) + sign;
      if (count === 0) counts.delete(key);
      else counts.set(key, count);
    }
  }
  return counts;
}

const boundaries = fc
  .uniqueArray(fc.integer({ min: 19_000 * 96, max: 19_010 * 96 }), { minLength: 2, maxLength: 6 })
  .map((quarters) => quarters.toSorted((a, b) => a - b));

describe("a cover", () => {
  it("counts each quarter hour of each span once, and no other", () => {
    fc.assert(
      fc.property(boundaries, (quarters) => {
        const expected = quarters.slice(0, -1).flatMap((from, place) => {
          const length = (quarters[place + 1] ?? from) - from;
          return Array.from({ length }, (_, n) => [`${place} ${from + n}`, 1] as const);
        });
        expect(counted(cover(quarters.map(at)))).toEqual(new Map(expected));
      }),
    );
  });

  it("is made of whole buckets", () => {
    fc.assert(
      fc.property(boundaries, (quarters) => {
        for (const { grain, from, to } of cover(quarters.map(at))) {
          expect(from.getTime() % (widths[grain] * quarterMs)).toBe(0);
          expect(to.getTime() % (widths[grain] * quarterMs)).toBe(0);
        }
      }),
    );
  });

  it("takes a day of a time zone from the nearest day of UTC and a few hours beside it", () => {
    const [from, to] = [new Date("2026-03-10T23:00:00Z"), new Date("2026-03-11T23:00:00Z")];
    expect(cover([from, to])).toEqual([
      {
        place: 0,
        sign: 1,
        grain: "day",
        from: new Date("2026-03-11T00:00:00Z"),
        to: new Date("2026-03-12T00:00:00Z"),
      },
      { place: 0, sign: -1, grain: "hour", from: to, to: new Date("2026-03-12T00:00:00Z") },
      { place: 0, sign: 1, grain: "hour", from, to: new Date("2026-03-11T00:00:00Z") },
    ]);
  });

  it("takes one hour as itself", () => {
    const [from, to] = [new Date("2026-03-10T11:00:00Z"), new Date("2026-03-10T12:00:00Z")];
    expect(cover([from, to])).toEqual([{ place: 0, sign: 1, grain: "hour", from, to }]);
  });
});
