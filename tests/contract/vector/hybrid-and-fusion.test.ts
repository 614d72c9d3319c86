import { FusionAlgorithm, QueryMode, WeightingStrategy } from "@upstash/vector";
import { describe, expect, test } from "vitest";
import { sharedIndex } from "./target.ts";
import { hybridKind, hybridRecords, includeAll } from "./three-records.ts";

describe("a hybrid index", () => {
  const opened = sharedIndex(hybridKind, ({ own }) => own.upsert(hybridRecords));

  test("gives both vectors back as they were written", async () => {
    expect(await opened.target.own.fetch(["id0", "id1", "id2"], includeAll)).toEqual(hybridRecords);
  });

  test("fuses by ranks when nothing else is asked for, each query of several by itself", async () => {
    const results = await opened.target.index.queryMany(
      [
        {
          topK: 1,
          vector: [0.1, 0.1],
          sparseVector: { indices: [3, 4], values: [0.1, 0.2] },
          fusionAlgorithm: FusionAlgorithm.RRF,
        },
        {
          topK: 1,
          vector: [0.5, 0.1],
          sparseVector: { indices: [0, 1], values: [0.5, 0.1] },
          includeVectors: true,
        },
        {
          topK: 1,
          sparseVector: { indices: [2, 3], values: [0.5, 0.5] },
          weightingStrategy: WeightingStrategy.IDF,
          fusionAlgorithm: FusionAlgorithm.DBSF,
          includeMetadata: true,
        },
      ],
      { namespace: opened.target.namespace },
    );
    expect(results).toEqual([
      [{ id: "id2", score: 0.033333335 }],
      [
        {
          id: "id0",
          score: 0.032795697,
          vector: [0.1, 0.2],
          sparseVector: { indices: [0, 1], values: [0.1, 0.2] },
        },
      ],
      [{ id: "id2", score: 0.26666638, metadata: { key: "value" } }],
    ]);
  });

  test("a record that one side alone finds is in the fused list", async () => {
    const hits = await opened.target.own.query({
      topK: 3,
      vector: [0.1, 0.1],
      sparseVector: { indices: [0], values: [1] },
    });
    expect(hits.map(({ id }) => id)).toEqual(["id0", "id2", "id1"]);
    expect(hits[1]?.score).toBe(0.016666668);
  });

  test("fuses by the distribution of the scores, each side around 0.5", async () => {
    const hits = await opened.target.own.query({
      topK: 3,
      vector: [0.1, 0.1],
      sparseVector: { indices: [0], values: [1] },
      fusionAlgorithm: FusionAlgorithm.DBSF,
    });
    expect(hits[0]?.id).toBe("id0");
    const total = hits.reduce((sum, { score }) => sum + score, 0);
    // Three dense scores around 0.5, and one sparse score of 0.5.
    expect(total).toBeCloseTo(2, 5);
  });

  test("is searched on one side alone when one vector is given, or the mode says so", async () => {
    const { own } = opened.target;
    const dense = { vector: [0.3, 0.4] };
    const sparse = { sparseVector: { indices: [0], values: [0.5] } };
    expect(await own.query({ ...dense, topK: 1 })).toEqual([{ id: "id2", score: 1 }]);
    expect(await own.query({ ...sparse, topK: 5 })).toEqual([{ id: "id0", score: 0.05 }]);
    const both = { ...dense, ...sparse, topK: 1 };
    expect(await own.query({ ...both, queryMode: QueryMode.DENSE })).toEqual([{ id: "id2", score: 1 }]);
    expect(await own.query({ ...both, queryMode: QueryMode.SPARSE })).toEqual([{ id: "id0", score: 0.05 }]);
  });

  test("filters both sides", async () => {
    const hits = await opened.target.own.query({
      topK: 5,
      vector: [0.1, 0.1],
      sparseVector: { indices: [0, 1], values: [1, 1] },
      filter: "key = 'value'",
    });
    expect(hits.map(({ id }) => id)).toEqual(["id1", "id2"]);
  });

  test("tells in its info that it is one", async () => {
    expect(await opened.target.index.info()).toMatchObject({
      indexType: "HYBRID",
      dimension: 2,
      similarityFunction: "COSINE",
      denseIndex: { dimension: 2, similarityFunction: "COSINE" },
      sparseIndex: {},
    });
  });
});
