import { describe, expect, it } from "vitest";
import { valueMarks } from "./value-axis.model.ts";

describe("valueMarks", () => {
  it.each([
    [0, 3, "count", [0, 1, 2, 3]],
    [0, 1, "count", [0, 1]],
    [0, 97, "count", [0, 50, 100]],
    [0, 0, "count", [0, 1]],
    [0, 31_000, "nano-usd", [0, 10_000, 20_000, 30_000, 40_000]],
    [0, 100, "percent", [0, 50, 100]],
    [0, 0.4, "percent", [0, 0.1, 0.2, 0.30000000000000004, 0.4]],
    [0, 43_000, "ms", [0, 15_000, 30_000, 45_000]],
    [0, 3 * 3_600_000, "ms", [0, 3_600_000, 7_200_000, 10_800_000]],
    [-40, 60, "count", [-50, 0, 50, 100]],
  ] as const)("marks %d to %d in %s at round values", (low, high, unit, marks) => {
    expect(valueMarks(low, high, unit)).toEqual(marks);
  });

  it("always covers what is drawn, with few marks", () => {
    for (const unit of ["count", "nano-usd", "ms", "bytes", "percent"] as const) {
      for (let high = 0.3; high < 1e15; high *= 1.7) {
        const marks = valueMarks(0, high, unit);
        expect(marks[0]).toBe(0);
        expect(marks.at(-1)).toBeGreaterThanOrEqual(high * (1 - 1e-9));
        expect(marks.length).toBeLessThanOrEqual(6);
      }
    }
  });
});
