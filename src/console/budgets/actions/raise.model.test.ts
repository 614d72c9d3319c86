import { describe, expect, it } from "vitest";
import { limitEffect, limitForAll } from "./raise.model.ts";

const budget = { scope: "project" as const, settledNanoUsd: "900", reservedNanoUsd: "50" };
const held = (...needs: readonly (readonly [fileId: string, needed: string])[]) =>
  needs.map(([fileId, neededNanoUsd], at) => ({ stepId: `step_${at}`, fileId, neededNanoUsd }));

describe("limitEffect", () => {
  it("lets go on, the oldest first, what the room is enough for", () => {
    expect(limitEffect(budget, held(["a", "100"], ["a", "100"], ["b", "100"]), 1_200n)).toEqual({
      goOn: 2,
      files: 1,
      stay: 1,
      excessNanoUsd: 0n,
      freeNanoUsd: 50n,
    });
  });

  it("lets no younger step overtake one that has no room yet", () => {
    expect(limitEffect(budget, held(["a", "200"], ["b", "10"]), 1_000n)).toMatchObject({ goOn: 0, stay: 2 });
  });

  it("passes by what needs more than the whole limit", () => {
    expect(limitEffect(budget, held(["a", "5000"], ["b", "10"]), 1_000n)).toMatchObject({ goOn: 1, stay: 1 });
  });

  it("says how far a lowered limit is passed already", () => {
    expect(limitEffect(budget, held(["a", "100"]), 500n)).toEqual({
      goOn: 0,
      files: 0,
      stay: 1,
      excessNanoUsd: 450n,
      freeNanoUsd: 0n,
    });
  });

  it("counts for each file by itself under a cap of files", () => {
    const cap = { ...budget, scope: "file" as const };
    const effect = limitEffect(cap, held(["a", "900"], ["b", "900"], ["c", "2000"]), 1_000n);
    expect(effect).toMatchObject({ goOn: 2, files: 2, stay: 1 });
  });
});

describe("limitForAll", () => {
  const standing = {
    ...budget,
    limitNanoUsd: "1000",
    holds: { count: 2, oldestSince: null, neededNanoUsd: "284" },
  };

  it("has room for all that is held, rounded up to two digits", () => {
    expect(limitForAll(standing, [])).toBe(1_300n);
  });

  it("is never below the present limit", () => {
    expect(limitForAll({ ...standing, limitNanoUsd: "5000" }, [])).toBe(5_000n);
  });

  it("has room for the dearest step of the nearest file under a cap of files", () => {
    expect(limitForAll({ ...standing, scope: "file" }, held(["a", "100"], ["b", "40"]))).toBe(1_100n);
  });
});
