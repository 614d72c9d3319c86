import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shortestFloat32 } from "../float32.ts";
import { float32Score } from "./float32-score.ts";
import { fuse, type Scored } from "./fuse.ts";
import { normalizeScores } from "./normalize-scores.ts";

const ranked = (...ids: string[]): Scored[] => ids.map((id, rank) => ({ id, score: 1 - rank / 10 }));
const printed = (hits: readonly Scored[]) => hits.map(({ id, score }) => [id, shortestFloat32(score)]);

describe("RRF", () => {
  test("adds one by sixty plus the rank, counted from 0", () => {
    expect(printed(fuse("RRF", [ranked("id2", "id1", "id0"), ranked("id2")]))).toEqual([
      ["id2", 0.033333335],
      ["id1", 0.016393442],
      ["id0", 0.016129032],
    ]);
    expect(printed(fuse("RRF", [ranked("id2", "id1", "id0"), ranked("id0", "id1")]))[0]).toEqual([
      "id0",
      0.032795697,
    ]);
  });

  test("of equal ones that comes first which the first side has higher", () => {
    expect(fuse("RRF", [ranked("a", "b"), ranked("b", "a")]).map(({ id }) => id)).toEqual(["a", "b"]);
  });

  test("nothing fused is nothing", () => expect(fuse("RRF", [[], []])).toEqual([]));
});

describe("DBSF", () => {
  test("gives the service's published scores, to the last bit", () => {
    const query = Float32Array.of(0.1, 0.1);
    const dense = [
      { id: "id2", score: float32Score("COSINE", query, Float32Array.of(0.3, 0.4)) },
      { id: "id1", score: float32Score("COSINE", query, Float32Array.of(0.2, 0.3)) },
    ];
    const fused = printed(fuse("DBSF", [dense, [{ id: "id0", score: 0.0098 }]]));
    expect(fused).toEqual([
      ["id2", 0.617851],
      ["id0", 0.5],
      ["id1", 0.382149],
    ]);
  });

  test("scores without a deviation are 0.5, one alone too", () => {
    expect(normalizeScores([0.7])).toEqual([0.5]);
    expect(normalizeScores([0.7, 0.7, 0.7])).toEqual([0.5, 0.5, 0.5]);
    expect(normalizeScores([])).toEqual([]);
  });

  test("any scores become numbers around 0.5, those too near or too far apart for float32 too", () => {
    const score = fc.oneof(
      fc.float({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(0, 1e-30, 2e-30, 3e38, -3e38),
    );
    fc.assert(
      fc.property(fc.array(score, { maxLength: 5 }), (scores) => {
        for (const normal of normalizeScores(scores)) expect(Math.abs(normal - 0.5)).toBeLessThan(0.5);
      }),
    );
    expect(normalizeScores([2e-30, 1e-30])).toEqual([0.5, 0.5]);
  });

  test("keeps the order and lies around 0.5", () => {
    const [high = 0, middle = 0, low = 0] = normalizeScores([0.9, 0.5, 0.1]);
    expect(high).toBeCloseTo(0.5 + 1 / 6, 6);
    expect(middle).toBeCloseTo(0.5, 6);
    expect(low).toBeCloseTo(0.5 - 1 / 6, 6);
  });
});

test.each(["COSINE", "EUCLIDEAN"] as const)("identical vectors score exactly 1 by %s", (similarity) => {
  const vector = Float32Array.from({ length: 384 }, (_, index) => Math.sin(index));
  expect(float32Score(similarity, vector, vector)).toBe(1);
});

test.each([1e-38, 1e-25, 1e25, 1e37])(
  "the cosine of vectors of the size of %d is that of their directions",
  (size) => {
    const at = (...numbers: number[]) => Float32Array.from(numbers, (number) => number * size);
    expect(float32Score("COSINE", at(1, 1), at(1, 1))).toBe(1);
    expect(float32Score("COSINE", at(1, 0), at(0, 1))).toBe(0.5);
  },
);
