import { QueryMode, WeightingStrategy } from "@upstash/vector";
import { describe, expect, test } from "vitest";
import { openIndex, sharedIndex } from "./target.ts";

const dense = { dimension: 384, similarityFunction: "COSINE", embeddingModel: "LEXICAL" } as const;
const sparse = { embeddingModel: "BM25" } as const;
const texts = [
  { id: "invoice", data: "The invoice of the bakery is due in March", metadata: { kind: "bill" } },
  { id: "trip", data: "A trip to the mountains in March" },
  { id: "bread", data: "How to bake bread without yeast" },
];

describe("a dense index with a model", () => {
  const opened = sharedIndex({ dense }, ({ own }) => own.upsert(texts));

  test("finds the nearest text first, and the same text with a score of 1", async () => {
    const { own } = opened.target;
    const hits = await own.query({ data: "invoices of bakeries", topK: 3, includeData: true });
    expect(hits[0]).toMatchObject({ id: "invoice", data: texts[0]?.data });
    expect(hits).toHaveLength(3);
    const [same] = await own.query({ data: texts[1]?.data ?? "", topK: 1, includeMetadata: true });
    expect(same?.id).toBe("trip");
    expect(same?.score).toBeCloseTo(1, 5);
  });

  test("keeps text and metadata, and gives the vector that it made", async () => {
    const include = { includeVectors: true, includeMetadata: true, includeData: true };
    const [record] = await opened.target.own.fetch(["invoice"], include);
    expect(record).toMatchObject(texts[0] ?? {});
    expect(record?.vector).toHaveLength(dense.dimension);
  });

  test("takes vectors too", async () => {
    const { own } = opened.target;
    const vector = Array.from({ length: dense.dimension }, (_, at) => (at === 0 ? -1 : 0));
    await own.upsert({ id: "by-vector", vector });
    expect(await own.fetch(["by-vector"], { includeVectors: true })).toEqual([{ id: "by-vector", vector }]);
    await own.delete("by-vector");
  });

  test("answers several queries by text at once, and resumes one", async () => {
    const { index, own, namespace } = opened.target;
    const queries = [
      { data: "bread", topK: 1 },
      { data: "mountains", topK: 1 },
    ];
    const answers = await index.queryMany(queries, { namespace });
    expect(answers.map(([hit]) => hit?.id)).toEqual(["bread", "trip"]);
    const { result, fetchNext, stop } = await own.resumableQuery({ data: "bread", topK: 1, maxIdle: 60 });
    expect(result.map(({ id }) => id)).toEqual(["bread"]);
    expect(await fetchNext(5)).toHaveLength(2);
    await stop();
  });

  test("a new text by update is embedded anew", async () => {
    const { own, settled } = opened.target;
    await own.upsert({ id: "changing", data: "nothing of interest", metadata: { kept: true } });
    expect(await own.update({ id: "changing", data: "submarine periscope" })).toEqual({ updated: 1 });
    await settled();
    const query = { data: "submarine periscope", topK: 1, includeMetadata: true, includeData: true };
    const [hit] = await own.query(query);
    expect(hit).toMatchObject({ id: "changing", data: "submarine periscope", metadata: { kept: true } });
    expect(hit?.score).toBeCloseTo(1, 5);
    await own.delete("changing");
  });

  test("names its model in its info", async () => {
    const { denseIndex } = await opened.target.index.info();
    expect(denseIndex?.embeddingModel).toBeTruthy();
  });
});

test("a sparse index with a model finds texts by their words, the rarer ones first", async () => {
  const { own, settled, close } = await openIndex({ sparse });
  await own.upsert(texts);
  await settled();
  const query = { data: "bake in March", topK: 3, weightingStrategy: WeightingStrategy.IDF };
  const hits = await own.query(query);
  // Two texts have March, one bakes; "in" is no word to search for.
  expect(hits.map(({ id }) => id)[0]).toBe("bread");
  expect(new Set(hits.map(({ id }) => id))).toEqual(new Set(["bread", "invoice", "trip"]));
  expect(await own.query({ data: "zeppelin", topK: 3 })).toEqual([]);
  await close();
});

test("a hybrid index with models is searched on both sides, or on the one that the mode names", async () => {
  const { own, settled, close } = await openIndex({ dense, sparse });
  await own.upsert(texts);
  await settled();
  const query = { data: "mountains", topK: 3 };
  const [fused] = await own.query(query);
  expect(fused).toEqual({ id: "trip", score: 0.033333335 });
  expect((await own.query({ ...query, queryMode: QueryMode.HYBRID }))[0]).toEqual(fused);
  expect(await own.query({ ...query, queryMode: QueryMode.DENSE })).toHaveLength(3);
  expect((await own.query({ ...query, queryMode: QueryMode.SPARSE })).map(({ id }) => id)).toEqual(["trip"]);
  await close();
});

describe("an index without a model", () => {
  const refusal =
    "Embedding data for this index is not allowed. The index must be created with an embedding model to use it.";
  const plain = { dimension: 2, similarityFunction: "COSINE" } as const;
  const opened = sharedIndex({ dense: plain }, ({ own }) => own.upsert({ id: "a", vector: [1, 0] }));

  test("refuses texts to embed, in the service's words", async () => {
    const { own, call, namespace } = opened.target;
    await expect(own.upsert({ id: "b", data: "text" })).rejects.toThrow(refusal);
    await expect(own.query({ data: "text", topK: 1 })).rejects.toThrow(refusal);
    await expect(own.resumableQuery({ data: "text", topK: 1, maxIdle: 60 })).rejects.toThrow(refusal);
    const answer = await call(`/upsert-data/${namespace}`, { id: "b", data: "text" });
    expect([answer.status, await answer.json()]).toEqual([422, { error: refusal, status: 422 }]);
  });

  test("keeps a text that is updated and leaves the vector as it is", async () => {
    const { own } = opened.target;
    expect(await own.update({ id: "a", data: "kept" })).toEqual({ updated: 1 });
    expect(await own.fetch(["a"], { includeVectors: true, includeData: true })).toEqual([
      { id: "a", vector: [1, 0], data: "kept" },
    ]);
  });
});
