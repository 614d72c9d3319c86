import fc from "fast-check";
import { expect, it } from "vitest";
import { planPageRanges } from "./page-ranges.ts";

const anySettings = fc.record({
  pagesPerRange: fc.integer({ min: 1, max: 500 }),
  maxRanges: fc.integer({ min: 1, max: 32 }),
});

it("covers every page exactly once and in order, in ranges of nearly equal length", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), anySettings, (pages, settings) => {
      const ranges = planPageRanges(pages, settings);
      expect(ranges.length).toBeLessThanOrEqual(settings.maxRanges);
      expect(ranges[0]?.firstPage).toBe(1);
      expect(ranges.at(-1)?.lastPage).toBe(pages);
      ranges.slice(1).forEach((range, index) => {
        expect(range.firstPage).toBe((ranges[index]?.lastPage ?? 0) + 1);
      });
      const lengths = ranges.map((range) => range.lastPage - range.firstPage + 1);
      expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
      expect(Math.min(...lengths)).toBeGreaterThan(0);
    }),
  );
});

it("plans one range for a document without pages", () => {
  expect(planPageRanges(null)).toEqual([{ firstPage: 1, lastPage: 1 }]);
});
