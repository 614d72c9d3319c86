import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ForecastInput, forecast } from "./forecast.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A Monday, 00:00 UTC. */
const monday = Date.parse("2026-03-02T00:00:00Z");

/** A day's budget at noon, of which 600 of 1,000 are settled. */
function input(change: Partial<ForecastInput> = {}): ForecastInput {
  const startMs = monday;
  const common = { startMs, endMs: startMs + dayMs, nowMs: startMs + 12 * hourMs };
  return { ...common, limit: 1_000, settled: 600, lastHours: [], ...change };
}

/** Four weeks up to a time, of which only the hours of work of working days spend anything. */
function officeHours(nowMs: number, perHour: number): number[] {
  const lastHour = Math.floor(nowMs / hourMs) - 1;
  return Array.from({ length: 4 * 168 }, (_, at) => {
    const time = new Date((lastHour - (4 * 168 - 1 - at)) * hourMs);
    const atWork = time.getUTCDay() % 6 !== 0 && time.getUTCHours() >= 9 && time.getUTCHours() < 17;
    return atWork ? perHour : 0;
  });
}

describe("a forecast", () => {
  it("goes on evenly where there is no history", () => {
    const seen = forecast(input());
    expect(seen).toMatchObject({ basis: "rate", atEnd: 1_200 });
    expect(seen.usedUpMs).toBe(monday + 20 * hourMs);
    expect(seen.settledAt(monday + 18 * hourMs)).toBe(900);
  });

  it("says that a limit will not be reached", () => {
    expect(forecast(input({ settled: 400 }))).toMatchObject({ atEnd: 800, usedUpMs: null });
  });

  it("expects nothing where nothing is spent", () => {
    expect(forecast(input({ settled: 0 }))).toMatchObject({ basis: "none", atEnd: 0, usedUpMs: null });
  });

  it("says that a limit is reached already", () => {
    expect(forecast(input({ settled: 1_200 })).usedUpMs).toBe(monday + 12 * hourMs);
  });

  it("knows that nothing is spent in the evening, and at which hour the limit is reached", () => {
    // Three of the eight hours of work have passed, as usual: 100 each.
    const nowMs = monday + 12 * hourMs;
    const usual = { nowMs, settled: 300, lastHours: officeHours(nowMs, 100) };
    const seen = forecast(input(usual));
    expect(seen.basis).toBe("week");
    expect(seen.atEnd).toBeCloseTo(800, 5);
    expect(seen.usedUpMs).toBeNull();
    expect(seen.settledAt(monday + 20 * hourMs)).toBeCloseTo(800, 5);
    expect(forecast(input({ ...usual, limit: 650 })).usedUpMs).toBeCloseTo(monday + 15.5 * hourMs, -1);
  });

  it("goes at this window's pace: on a day that costs twice as much, the rest of it does too", () => {
    const nowMs = monday + 13 * hourMs;
    const seen = forecast(input({ nowMs, settled: 800, limit: 10_000, lastHours: officeHours(nowMs, 100) }));
    // Not quite twice, as what is usual has its weight.
    expect(seen.atEnd).toBeGreaterThan(800 + 1.7 * 400);
    expect(seen.atEnd).toBeLessThan(800 + 2 * 400);
  });

  it("is not misled by the first minutes of a window", () => {
    const nowMs = monday + dayMs * 1 + 9 * hourMs + 60_000;
    const startMs = monday + dayMs;
    const month = { startMs, endMs: startMs + 30 * dayMs, nowMs };
    const seen = forecast({ ...month, settled: 40, limit: 1e9, lastHours: officeHours(nowMs, 100) });
    // A minute that cost twenty times the usual is not thirty such days: about 22 working days of 800.
    expect(seen.atEnd).toBeGreaterThan(16_000);
    expect(seen.atEnd).toBeLessThan(20_000);
  });

  it("looks ninety days ahead where a budget has no end", () => {
    const nowMs = monday;
    const total = { startMs: 0, endMs: null, nowMs, settled: 5_000, lastHours: officeHours(nowMs, 100) };
    const near = forecast({ ...total, limit: 9_000 });
    expect(near.atEnd).toBeNull();
    // 4,000 a week.
    expect(new Date(near.usedUpMs ?? 0).toISOString().slice(0, 10)).toBe("2026-03-06");
    expect(forecast({ ...total, limit: 1e9 }).usedUpMs).toBeNull();
  });

  it("never expects less than is settled, and is used up when the expected sum reaches the limit", () => {
    const amount = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(
        fc.record({
          hours: fc.integer({ min: 1, max: 700 }),
          passed: fc.double({ min: 0, max: 1, noNaN: true }),
          limit: amount,
          settled: amount,
          lastHours: fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 672 }),
        }),
        ({ hours, passed, limit, settled, lastHours }) => {
          const endMs = monday + hours * hourMs;
          const nowMs = Math.floor(monday + passed * hours * hourMs);
          const seen = forecast({ startMs: monday, endMs, nowMs, limit, settled, lastHours });
          expect(seen.atEnd ?? 0).toBeGreaterThanOrEqual(settled);
          if (seen.usedUpMs === null) expect(seen.atEnd ?? 0).toBeLessThanOrEqual(limit + 1);
          else if (settled < limit)
            expect(Math.abs(seen.settledAt(seen.usedUpMs) - limit)).toBeLessThan(1 + limit * 1e-6);
        },
      ),
    );
  });
});
