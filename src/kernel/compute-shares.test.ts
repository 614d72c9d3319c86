import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createComputeShares } from "./compute-shares.ts";

/** A machine whose processor and clock are moved by hand. */
function machine() {
  const state = { cpuMs: 0, wallMs: 0 };
  const shares = createComputeShares({
    clock: { monotonicMs: () => state.wallMs },
    memoryMb: 2,
    cpuMs: () => state.cpuMs,
  });
  const pass = (wallMs: number, cpuMs: number) => {
    state.wallMs += wallMs;
    state.cpuMs += cpuMs;
  };
  return { shares, pass };
}

describe("a share of the machine", () => {
  it("is all of it for work that is alone", () => {
    const { shares, pass } = machine();
    pass(500, 400);
    const end = shares.begin();
    pass(100, 70);
    expect(end()).toEqual({ cpuMs: 70, memoryMbMs: 200 });
  });

  it("is the same part for works that go on at the same time", () => {
    const { shares, pass } = machine();
    const first = shares.begin();
    pass(10, 10);
    const second = shares.begin();
    pass(100, 40);
    expect(second()).toEqual({ cpuMs: 20, memoryMbMs: 100 });
    pass(10, 5);
    expect(first()).toEqual({ cpuMs: 35, memoryMbMs: 140 });
  });

  it("adds up, with the others, to what the machine used while any went on", () => {
    const step = fc.record({ which: fc.nat(3), wallMs: fc.nat(100), cpuMs: fc.nat(100) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { shares, pass } = machine();
        const ends = new Map<number, () => { cpuMs: number; memoryMbMs: number }>();
        let [used, shared] = [0, 0];
        for (const { which, wallMs, cpuMs } of steps) {
          const end = ends.get(which);
          if (end) {
            shared += end().cpuMs;
            ends.delete(which);
          } else ends.set(which, shares.begin());
          if (ends.size > 0) used += cpuMs;
          pass(wallMs, cpuMs);
        }
        for (const end of ends.values()) shared += end().cpuMs;
        expect(shared).toBeCloseTo(used, 6);
      }),
    );
  });
});
