import { FusionAlgorithm } from "@upstash/vector";
import { beforeEach, expect, test } from "vitest";
import { needs } from "../target.ts";
import { openIndex } from "./target.ts";
import { hybridKind, sparseKind } from "./three-records.ts";

// What the service does beyond the range of float32 is not known; here a score is a number whatever happens.
beforeEach(() => needs("stand-in"));

const largestFloat32 = 3.4028235e38;

test("an inner product that overflows is the largest float32, of either sign", async () => {
  const { own, close } = await openIndex({ dense: { dimension: 2, similarityFunction: "DOT_PRODUCT" } });
  await own.upsert([
    { id: "far", vector: [-3e38, -3e38] },
    { id: "near", vector: [3e38, 3e38] },
  ]);
  const hits = await own.query({ vector: [3e38, 3e38], topK: 2 });
  await close();
  expect(hits).toEqual([
    { id: "near", score: largestFloat32 },
    { id: "far", score: -largestFloat32 },
  ]);
});

test("a sparse product that overflows is the largest float32", async () => {
  const { own, close } = await openIndex(sparseKind);
  await own.upsert({ id: "a", sparseVector: { indices: [1], values: [3e38] } });
  const hits = await own.query({ sparseVector: { indices: [1], values: [3e38] }, topK: 1 });
  await close();
  expect(hits).toEqual([{ id: "a", score: largestFloat32 }]);
});

test("very small vectors are fused by their directions, and scores too near each other count alike", async () => {
  const { own, close } = await openIndex(hybridKind);
  const tiny = (at: number) => ({ indices: [1], values: [at * 1e-30] });
  await own.upsert([
    { id: "same", vector: [1e-30, 1e-30], sparseVector: tiny(1) },
    { id: "across", vector: [1e-30, -1e-30], sparseVector: tiny(2) },
    { id: "against", vector: [-1e-30, -1e-30], sparseVector: tiny(3) },
  ]);
  const hits = await own.query({
    ...{ vector: [1e-30, 1e-30], sparseVector: { indices: [1], values: [1] }, topK: 3 },
    fusionAlgorithm: FusionAlgorithm.DBSF,
  });
  await close();
  expect(hits.map(({ id }) => id)).toEqual(["same", "across", "against"]);
  // Of the sides each gives 0.5 in the middle; the sparse one cannot tell its three apart.
  expect(hits[0]?.score).toBeCloseTo(1 + 1 / 6, 5);
  expect(hits[1]?.score).toBe(1);
});
