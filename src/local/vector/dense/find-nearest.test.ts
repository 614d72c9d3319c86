import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { VectorRecord } from "../entities.ts";
import { parseFilter } from "../filter/parse-filter.ts";
import { createNamespaceMemory } from "../namespace-memory.ts";
import { measure, type SimilarityFunction, scoreOf } from "../similarity.ts";

const dimension = 19;
const plain = fc.oneof(fc.constantFrom(0, 1, -1), fc.float({ min: -4, max: 4, noNaN: true }));
// Now and then so small or so large that the products of float32 vanish or overflow.
const scale = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: -44, max: 37 }));
const vector = fc
  .tuple(fc.array(plain, { minLength: dimension, maxLength: dimension }), scale)
  .map(([numbers, exponent]) => measure(Float32Array.from(numbers, (number) => number * 10 ** exponent)));
const records = fc.uniqueArray(fc.record({ id: fc.nat(60), vector, group: fc.nat(3) }), {
  selector: ({ id }) => id,
  maxLength: 60,
});

function recordOf(
  id: number,
  ordinal: number,
  measured: ReturnType<typeof measure>,
  group: number,
): VectorRecord {
  return { id: String(id), ordinal, measured, sparse: undefined, metadata: { group }, data: undefined };
}

describe.each<SimilarityFunction>(["COSINE", "DOT_PRODUCT", "EUCLIDEAN"])("%s", (similarity) => {
  test("the nearest are those of sorting all by their exact scores, after deletions too", () => {
    const removed = fc.array(fc.nat(60));
    const topK = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(records, removed, vector, topK, fc.boolean(), (given, gone, query, topK, filtered) => {
        const memory = createNamespaceMemory();
        for (const [at, { id, vector, group }] of given.entries())
          memory.put(recordOf(id, at, vector, group));
        for (const id of gone) memory.remove(String(id));
        // Those that were removed come back in the rows of others.
        const back = given.filter(({ id }) => gone.includes(id)).reverse();
        for (const [at, { id, vector, group }] of back.entries())
          memory.put(recordOf(id, given.length + at, vector, group));
        const there = [...given.filter(({ id }) => !gone.includes(id)), ...back];
        const filter = filtered ? parseFilter("group = 0") : undefined;
        const expected = there
          .filter(({ group }) => group === 0 || !filtered)
          .map(({ id, vector }, place) => ({
            id: String(id),
            place,
            score: scoreOf(similarity, query, vector),
          }))
          .sort((a, b) => b.score - a.score || a.place - b.place)
          .slice(0, topK)
          .map(({ id, score }) => ({ id, score }));
        const found = memory.nearest({ query, similarity, topK, filter });
        expect(found.map(({ record, score }) => ({ id: record.id, score }))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});

test("identical vectors score exactly 1, and records beyond one block are found", () => {
  const memory = createNamespaceMemory();
  const at = (seed: number) =>
    measure(Float32Array.from({ length: 384 }, (_, i) => Math.sin(seed * 7 + i * (1 + seed / 977))));
  for (let id = 0; id < 2500; id += 1) memory.put(recordOf(id, id, at(id), 0));
  for (const id of [0, 1023, 1024, 2499]) {
    const [best] = memory.nearest({ query: at(id), similarity: "COSINE", topK: 1, filter: undefined });
    expect(best).toMatchObject({ record: { id: String(id) }, score: 1 });
  }
});
