import { describe, expect, it } from "vitest";
import { barText, budgetBar } from "./budget-bar.model.ts";

const budget = (change: Partial<Parameters<typeof budgetBar>[0]> = {}) => ({
  limitNanoUsd: "1000",
  settledNanoUsd: "400",
  reservedNanoUsd: "100",
  thresholds: [50, 80, 100],
  alerts: [],
  ...change,
});

describe("budgetBar", () => {
  it("puts what is reserved behind what is settled and leaves the rest free", () => {
    expect(budgetBar(budget())).toMatchObject({
      parts: [
        { kind: "settled", from: 0, to: 0.4 },
        { kind: "reserved", from: 0.4, to: 0.5 },
      ],
      limitAt: 1,
    });
  });

  it("shrinks the limit when more than it is used, and shows the excess behind it", () => {
    const bar = budgetBar(budget({ settledNanoUsd: "1500", reservedNanoUsd: "500" }));
    expect(bar.limitAt).toBe(0.5);
    expect(bar.parts).toEqual([
      { kind: "settled", from: 0, to: 0.5 },
      { kind: "excess", from: 0.5, to: 1 },
    ]);
  });

  it("splits a reservation that passes the limit", () => {
    const bar = budgetBar(budget({ settledNanoUsd: "900", reservedNanoUsd: "350" }));
    expect(bar.parts.map(({ kind, to }) => [kind, Math.round(to * 100)])).toEqual([
      ["settled", 72],
      ["reserved", 80],
      ["excess", 100],
    ]);
  });

  it("marks the thresholds, and which are crossed; that of the whole limit is the end of the bar", () => {
    const bar = budgetBar(budget({ alerts: [{ percent: 50, at: "2026-03-01T12:00:00.000Z" }] }));
    expect(bar.thresholds).toEqual([
      { percent: 50, at: 0.5, crossed: true },
      { percent: 80, at: 0.8, crossed: false },
    ]);
  });

  it("draws nothing in a budget of nothing", () => {
    const nothing = { limitNanoUsd: "0", settledNanoUsd: "0", reservedNanoUsd: "0" };
    expect(budgetBar(budget(nothing))).toMatchObject({ parts: [], limitAt: 1 });
  });
});

it("says the bar in words", () => {
  expect(barText(budget())).toBe("40 % settled, 10 % reserved, 50 % free");
  expect(barText(budget({ settledNanoUsd: "1500" }))).toBe(
    "150 % settled, 10 % reserved, 60 % above the limit",
  );
});
