import { Index } from "@upstash/vector";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createVector } from "../../../src/local/vector/create-vector.ts";
import type { SimilarityFunction } from "../../../src/local/vector/similarity.ts";
import { type ServedStandIn, serveStandIn } from "../../support/stand-in.ts";

const token = "vector-token";
const served: ServedStandIn[] = [];
afterAll(() => Promise.all(served.map((standIn) => standIn.stop())));

async function openIndex(similarityFunction: SimilarityFunction, dimension = 2) {
  const settings = { dimension, similarityFunction };
  const standIn = await serveStandIn((parts) => createVector({ ...parts, token, settings }));
  served.push(standIn);
  return new Index({ url: standIn.url, token, retry: false });
}

describe("query by cosine", () => {
  let index: Index;
  beforeAll(async () => {
    index = await openIndex("COSINE");
    const records: { id: string; vector: number[]; metadata: Record<string, unknown>; data?: string }[] = [
      { id: "east", vector: [2, 0], metadata: { side: "right", weight: 3 }, data: "to the east" },
      { id: "north", vector: [0, 0.1], metadata: { side: "top", weight: 5 } },
      { id: "west", vector: [-1, 0], metadata: { side: "left", weight: 7 } },
    ];
    await index.upsert(records);
  });

  test("scores from 1 for the same direction to 0 for the opposite", async () => {
    expect(await index.query({ vector: [0.7, 0], topK: 3 })).toEqual([
      { id: "east", score: 1 },
      { id: "north", score: 0.5 },
      { id: "west", score: 0 },
    ]);
  });

  test("a score is the shortest decimal of its float32", async () => {
    const [, second] = await index.query({ vector: [1, 0.5], topK: 2 });
    expect(second?.score).toBe(0.7236068);
  });

  test("keeps the best topK of those that satisfy the filter", async () => {
    const include = { includeMetadata: true, includeVectors: true, includeData: true };
    expect(await index.query({ vector: [1, 0], topK: 1, filter: "weight > 3", ...include })).toEqual([
      { id: "north", score: 0.5, vector: [0, 0.1], metadata: { side: "top", weight: 5 } },
    ]);
  });

  test("a filter that cannot be read is refused with the place", async () => {
    await expect(index.query({ vector: [1, 0], topK: 1, filter: "weight >" })).rejects.toThrow(
      "Invalid filter: expected a value, found the end at position 8.",
    );
  });

  test("queryMany answers each query, one alone too", async () => {
    const query = { vector: [1, 0], topK: 1 };
    const east = [{ id: "east", score: 1 }];
    expect(await index.queryMany([query, { vector: [-1, 0], topK: 1 }])).toEqual([
      east,
      [{ id: "west", score: 1 }],
    ]);
    expect(await index.queryMany([query])).toEqual([east]);
  });

  test("a namespace that nobody wrote to has no hits", async () => {
    expect(await index.namespace("nowhere").query({ vector: [1, 0], topK: 5 })).toEqual([]);
  });
});

test.each([
  ["EUCLIDEAN", [3, 4], 1 / 26],
  ["DOT_PRODUCT", [0.6, 0.8], 0.5],
] as const)("%s scores as documented", async (similarity, vector, expected) => {
  const index = await openIndex(similarity);
  await index.upsert({ id: "a", vector: similarity === "EUCLIDEAN" ? [0, 0] : [0.8, -0.6] });
  const [hit] = await index.query({ vector: [...vector], topK: 1 });
  expect(hit?.score).toBeCloseTo(expected, 7);
});

test("five hundred vectors of 1536 numbers in one call come back unchanged", async () => {
  const index = await openIndex("COSINE", 1536);
  const vectorOf = (n: number) =>
    Array.from({ length: 1536 }, (_, i) => Math.round(Math.sin(n * 1536 + i) * 1e6) / 1e6);
  await index.upsert(
    Array.from({ length: 500 }, (_, n) => ({ id: `v${n}`, vector: vectorOf(n), metadata: { n } })),
  );
  expect((await index.info()).vectorCount).toBe(500);
  const hits = await index.query({ vector: vectorOf(321), topK: 1, includeVectors: true });
  expect(hits).toEqual([{ id: "v321", score: 1, vector: vectorOf(321) }]);
});
