import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type BreakerSettings,
  type BreakerStand,
  gateOf,
  mayProbe,
  nextCoolDownMs,
  shouldOpen,
} from "./breaker-rules.ts";

const settings: BreakerSettings = {
  enabled: true,
  windowMs: 60_000,
  leastCalls: 10,
  errorPercent: 50,
  coolDownMs: 30_000,
};
const now = new Date("2026-03-01T12:00:00Z");
const at = (offsetMs: number) => new Date(now.getTime() + offsetMs);
const stand = (change: Partial<BreakerStand>): BreakerStand => ({
  ...{ provider: "gateway", state: "closed", coolDownMs: 0, probeAt: null },
  ...{ probeStepId: null, probeUntil: null, draining: false },
  ...change,
});

const anySettings = fc.record({
  enabled: fc.boolean(),
  windowMs: fc.constant(60_000),
  leastCalls: fc.integer({ min: 1, max: 50 }),
  errorPercent: fc.integer({ min: 1, max: 100 }),
  coolDownMs: fc.integer({ min: 1_000, max: 3_600_000 }),
});
const anyCounts = fc
  .record({ calls: fc.nat({ max: 200 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ calls, share }) => ({ calls, ill: Math.round(calls * share) }));

describe("whether a breaker opens", () => {
  it("never does below the least number of calls, without an ill call, or when it is switched off", () => {
    fc.assert(
      fc.property(anySettings, anyCounts, (any, counts) => {
        if (!any.enabled || counts.calls < any.leastCalls || counts.ill === 0)
          expect(shouldOpen(any, counts)).toBe(false);
      }),
    );
  });

  it("does when all of enough calls were ill, and once it does so for one it does for every ill one more", () => {
    fc.assert(
      fc.property(anySettings, anyCounts, (any, { calls, ill }) => {
        const on = { ...any, enabled: true };
        const enough = Math.max(calls, on.leastCalls);
        expect(shouldOpen(on, { calls: enough, ill: enough })).toBe(true);
        if (shouldOpen(on, { calls, ill }))
          expect(shouldOpen(on, { calls: calls + 1, ill: ill + 1 })).toBe(true);
      }),
    );
  });

  it("does from the share on that is set", () => {
    expect(shouldOpen(settings, { calls: 10, ill: 4 })).toBe(false);
    expect(shouldOpen(settings, { calls: 10, ill: 5 })).toBe(true);
    expect(shouldOpen(settings, { calls: 9, ill: 9 })).toBe(false);
  });
});

describe("whom a breaker lets through", () => {
  it("lets exactly the step through that tries while it is half-open, whoever comes", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 20 }), (ids) => {
        const probing = { state: "half-open", probeStepId: ids[0] ?? "", probeUntil: at(1) } as const;
        const through = ids.filter((id) => gateOf(stand(probing), id, now) !== "hold");
        expect(through).toEqual([ids[0]]);
      }),
    );
  });

  it("lets everybody through while it is closed, and nobody while somebody has opened it by hand", () => {
    expect(gateOf(stand({}), "s", now)).toBe("pass");
    expect(gateOf(stand({ state: "open" }), "s", at(1e12))).toBe("hold");
  });

  it("lets another step try once the cool-down is over, or the one that tried was not heard of", () => {
    const open = stand({ state: "open", coolDownMs: 30_000, probeAt: now });
    expect(mayProbe(open, at(-1))).toBe(false);
    expect(gateOf(open, "s", at(-1))).toBe("hold");
    expect(gateOf(open, "s", now)).toBe("probe");
    const lost = stand({ state: "half-open", probeStepId: "s", probeUntil: now });
    expect(gateOf(lost, "other", at(-1))).toBe("hold");
    expect(gateOf(lost, "other", now)).toBe("probe");
  });
});

it("doubles the cool-down after each probe that fails, up to sixteen times the first", () => {
  const lengths = [0, 1, 2, 3, 4, 5].reduce<number[]>(
    (all) => [...all, nextCoolDownMs(settings, all.at(-1) ?? 0)],
    [],
  );
  expect(lengths).toEqual([30_000, 60_000, 120_000, 240_000, 480_000, 480_000]);
});

it("never shortens a cool-down, whatever the settings are changed to meanwhile", () => {
  fc.assert(
    fc.property(anySettings, fc.nat({ max: 1e8 }), (any, lastMs) => {
      expect(nextCoolDownMs(any, lastMs)).toBeGreaterThanOrEqual(lastMs);
    }),
  );
});
