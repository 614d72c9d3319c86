import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { shortestFloat32 } from "../float32.ts";
import { createSparseIndex, type SparseIndex } from "./sparse-index.ts";
import { type SparseVector, sparseFromBytes, sparseToBytes } from "./sparse-vector.ts";

const sparse = (indices: number[], values: number[]): SparseVector => ({
  indices: Int32Array.from(indices),
  values: Float32Array.from(values),
});
const scores = (index: SparseIndex, query: SparseVector, weighting?: "IDF") => {
  const found: Record<string, number> = {};
  index.match(query, weighting, (id, score) => {
    expect(found).not.toHaveProperty(id);
    found[id] = shortestFloat32(score);
  });
  return found;
};

describe("three records, each sharing a dimension with the next", () => {
  let index: SparseIndex;
  beforeEach(() => {
    index = createSparseIndex();
    index.put("id0", sparse([0, 1], [0.1, 0.2]));
    index.put("id1", sparse([1, 2], [0.2, 0.3]));
    index.put("id2", sparse([2, 3], [0.3, 0.4]));
  });

  test("the inner product counts shared dimensions; a record without one is no match", () => {
    expect(scores(index, sparse([3, 0], [0.5, 2]))).toEqual({ id0: 0.2, id2: 0.2 });
    expect(scores(index, sparse([9], [1]))).toEqual({});
  });

  test("weighted by IDF, the scores are the service's published ones", () => {
    expect(scores(index, sparse([0, 1], [0.1, 0.2]), "IDF")).toEqual({ id0: 0.028608438, id1: 0.018800145 });
    expect(scores(index, sparse([2, 3], [0.5, 0.5]), "IDF").id2).toBe(0.26666638);
  });

  test("a match of score 0 is a match", () => {
    expect(scores(index, sparse([0], [0]))).toEqual({ id0: 0 });
  });
});

test("any run of writes matches as the written vectors would, one by one", () => {
  const vector = fc
    .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: -4, max: 4 })), {
      selector: ([dimension]) => dimension,
      maxLength: 6,
    })
    .map((pairs) =>
      sparse(
        pairs.map(([at]) => at),
        pairs.map(([, value]) => value),
      ),
    );
  const write = fc.tuple(fc.constantFrom("a", "b", "c", "d"), fc.option(vector));
  fc.assert(
    fc.property(fc.array(write, { maxLength: 40 }), vector, (writes, query) => {
      const index = createSparseIndex();
      const model = new Map<string, SparseVector>();
      for (const [id, written] of writes) {
        if (written) {
          index.put(id, written);
          model.set(id, written);
        } else {
          index.remove(id);
          model.delete(id);
        }
      }
      const expected = [...model].flatMap(([id, { indices, values }]) => {
        const shared = [...indices].filter((dimension) => query.indices.includes(dimension));
        const product = (at: number) =>
          (values[indices.indexOf(at)] ?? 0) * (query.values[query.indices.indexOf(at)] ?? 0);
        const score = shared.reduce((sum, dimension) => sum + product(dimension), 0);
        return shared.length === 0 ? [] : [[id, score + 0]];
      });
      expect(scores(index, query)).toEqual(Object.fromEntries(expected));
    }),
  );
});

test("records that are written over again and again do not pile up in what is weighted", () => {
  const index = createSparseIndex();
  for (let round = 0; round < 5000; round += 1) index.put(`id${round % 3}`, sparse([round % 3, 7], [0.5, 1]));
  // Of three records one has dimension 0: ln(1 + 2.5 / 1.5).
  expect(scores(index, sparse([0], [1]), "IDF").id0).toBeCloseTo(Math.log(1 + 2.5 / 1.5) / 2, 6);
  expect(Object.keys(scores(index, sparse([7], [1])))).toHaveLength(3);
});

test("a sparse vector comes back from its bytes, unaligned ones too", () => {
  const vector = sparse([-5, 0, 2_147_483_647], [0.1, -2, 3]);
  const shifted = Buffer.concat([Buffer.from([0]), sparseToBytes(vector)]).subarray(1);
  expect(sparseFromBytes(shifted)).toEqual(vector);
});
