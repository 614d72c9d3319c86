import { FusionAlgorithm, WeightingStrategy } from "@upstash/vector";
import { describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { openIndex, sharedIndex } from "./target.ts";
import { hybridKind, hybridRecords, includeAll, sparseKind, sparseRecords } from "./three-records.ts";

const denseKind = { dense: { dimension: 2, similarityFunction: "COSINE" } } as const;

describe("on a dense index", () => {
  const opened = sharedIndex(denseKind, ({ own }) =>
    own.upsert(
      [1, 3, 5, 7, 9].map((first, at) => ({
        id: `id${at + 1}`,
        vector: [first / 10, (first + 1) / 10],
        metadata: { odd: at % 2 === 0 },
      })),
    ),
  );
  const start = (more: { maxIdle?: number; filter?: string } = {}) =>
    opened.target.own.resumableQuery({ vector: [0.1, 0.2], topK: 2, maxIdle: 3600, ...more });
  const ids = (hits: readonly { id: string | number }[]) => hits.map(({ id }) => id);

  test("gives every hit once, in order, and then none", async () => {
    const { result, fetchNext, stop } = await start();
    expect(ids(result)).toEqual(["id1", "id2"]);
    expect(ids(await fetchNext(2))).toEqual(["id3", "id4"]);
    expect(ids(await fetchNext(2))).toEqual(["id5"]);
    expect(await fetchNext(1)).toEqual([]);
    expect(await stop()).toBe("Success");
  });

  test("keeps the filter and what is to be included", async () => {
    const { result, fetchNext } = await opened.target.own.resumableQuery({
      ...{ vector: [0.1, 0.2], topK: 1, maxIdle: 60, filter: "odd = true" },
      includeMetadata: true,
    });
    expect(result).toEqual([{ id: "id1", score: 1, metadata: { odd: true } }]);
    expect(await fetchNext(5)).toMatchObject([
      { id: "id3", metadata: { odd: true } },
      { id: "id5", metadata: { odd: true } },
    ]);
  });

  test("two queries do not disturb each other", async () => {
    const [one, two] = [await start(), await start()];
    expect(ids(await one.fetchNext(1))).toEqual(["id3"]);
    expect(ids(await two.fetchNext(1))).toEqual(["id3"]);
  });

  test("one that was ended is gone", async () => {
    const { call, namespace } = opened.target;
    const body = { vector: [0.1, 0.2], topK: 1 };
    const { result } = await (await call(`/resumable-query/${namespace}`, body)).json();
    expect((await call("/resumable-query-end", { uuid: result.uuid })).status).toBe(200);
    const next = await call("/resumable-query-next", { uuid: result.uuid, additionalK: 1 });
    expect(next.ok).toBe(false);
    expect((await next.json()).error).toContain(result.uuid);
    expect((await call("/resumable-query-end", { uuid: result.uuid })).ok).toBe(false);
  });

  test("one that is idle for longer than maxIdle is gone; each call begins its time anew", async () => {
    needs("clock");
    const { fetchNext } = await start({ maxIdle: 60 });
    opened.target.advance(59_000);
    expect(ids(await fetchNext(1))).toEqual(["id3"]);
    opened.target.advance(59_000);
    expect(ids(await fetchNext(1))).toEqual(["id4"]);
    opened.target.advance(61_000);
    await expect(fetchNext(1)).rejects.toThrow("does not exist");
  });
});

test("on a sparse index the scores are those of a query", async () => {
  const { own, settled, close } = await openIndex(sparseKind);
  await own.upsert(sparseRecords);
  await settled();
  const { result, fetchNext, stop } = await own.resumableQuery({
    sparseVector: { indices: [0, 1], values: [0.1, 0.2] },
    topK: 1,
    ...includeAll,
    weightingStrategy: WeightingStrategy.IDF,
    fusionAlgorithm: FusionAlgorithm.DBSF,
    maxIdle: 3600,
  });
  expect(result).toEqual([{ ...sparseRecords[0], score: 0.028608438 }]);
  expect(await fetchNext(1)).toEqual([{ ...sparseRecords[1], score: 0.018800145 }]);
  expect(await fetchNext(1)).toEqual([]);
  await stop();
  await close();
});

test("on a hybrid index each batch is fused by itself", async () => {
  const { own, settled, close } = await openIndex(hybridKind);
  await own.upsert(hybridRecords);
  await settled();
  const { result, fetchNext, stop } = await own.resumableQuery({
    vector: [0.1, 0.1],
    sparseVector: { indices: [0], values: [0.1] },
    topK: 2,
    ...includeAll,
    weightingStrategy: WeightingStrategy.IDF,
    fusionAlgorithm: FusionAlgorithm.DBSF,
    maxIdle: 3600,
  });
  expect(result).toEqual([
    { ...hybridRecords[2], score: 0.617851 },
    { ...hybridRecords[0], score: 0.5 },
  ]);
  expect(await fetchNext(1)).toEqual([{ ...hybridRecords[1], score: 0.5 }]);
  await stop();
  await close();
});
