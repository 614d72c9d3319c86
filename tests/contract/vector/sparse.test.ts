import { WeightingStrategy } from "@upstash/vector";
import { describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { openIndex, sharedIndex } from "./target.ts";
import { includeAll, sparseKind, sparseRecords } from "./three-records.ts";

describe("a sparse index", () => {
  const opened = sharedIndex(sparseKind, ({ own }) => own.upsert(sparseRecords));

  test("gives its vectors back as they were written", async () => {
    const { own } = opened.target;
    expect(await own.fetch(["id0", "id1", "id2"], includeAll)).toEqual(sparseRecords);
    expect((await own.range({ cursor: 0, limit: 2, ...includeAll })).vectors).toEqual(
      sparseRecords.slice(0, 2),
    );
  });

  test("scores by the inner product over shared dimensions and leaves out what shares none", async () => {
    const sparseVector = { indices: [0, 1, 9], values: [1, 0.5, 7] };
    expect(await opened.target.own.query({ sparseVector, topK: 5 })).toEqual([
      { id: "id0", score: 0.2 },
      { id: "id1", score: 0.1 },
    ]);
  });

  test("weights by the inverse document frequency when it is asked to", async () => {
    const query = { topK: 5, weightingStrategy: WeightingStrategy.IDF };
    const { own } = opened.target;
    expect(await own.query({ ...query, sparseVector: { indices: [0, 1], values: [0.1, 0.2] } })).toEqual([
      { id: "id0", score: 0.028608438 },
      { id: "id1", score: 0.018800145 },
    ]);
    const [best] = await own.query({ ...query, sparseVector: { indices: [2, 3], values: [0.5, 0.5] } });
    expect(best).toEqual({ id: "id2", score: 0.26666638 });
  });

  test("filters before it takes the best topK", async () => {
    const sparseVector = { indices: [1, 2], values: [1, 1] };
    const query = { sparseVector, topK: 1, includeMetadata: true };
    expect(await opened.target.own.query({ ...query, filter: "HAS NOT FIELD key" })).toEqual([
      { id: "id0", score: 0.2 },
    ]);
  });

  test("tells in its info that it is one", async () => {
    const info = await opened.target.index.info();
    expect(info).toMatchObject({ indexType: "SPARSE", sparseIndex: {} });
    expect(info).not.toHaveProperty("denseIndex");
  });
});

test("what is deleted, replaced or reset is found no more and weighs no more", async () => {
  const { own, settled, close } = await openIndex(sparseKind);
  await own.upsert(sparseRecords);
  await own.upsert({ id: "id0", sparseVector: { indices: [5], values: [1] } });
  await own.delete("id2");
  await settled();
  const query = { topK: 5, weightingStrategy: WeightingStrategy.IDF };
  expect(await own.query({ ...query, sparseVector: { indices: [0, 3], values: [1, 1] } })).toEqual([]);
  // Of two records one has dimension 1: ln(1 + 1.5 / 1.5) times 0.2.
  expect(await own.query({ ...query, sparseVector: { indices: [1], values: [1] } })).toEqual([
    { id: "id1", score: 0.13862944 },
  ]);
  await own.reset();
  expect(await own.query({ topK: 5, sparseVector: { indices: [1, 5], values: [1, 1] } })).toEqual([]);
  await close();
});

test("a restart finds sparse vectors again, negative dimensions too", async () => {
  needs("restart");
  const { own, restart, close } = await openIndex(sparseKind);
  const records = [
    ...sparseRecords,
    { id: "far", sparseVector: { indices: [-7, 2147483647], values: [1, 2] } },
  ];
  await own.upsert(records);
  await restart();
  expect((await own.range({ cursor: 0, limit: 9, ...includeAll })).vectors).toEqual(records);
  expect(await own.query({ topK: 1, sparseVector: { indices: [-7], values: [3] } })).toEqual([
    { id: "far", score: 3 },
  ]);
  await close();
});
