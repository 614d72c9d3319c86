import { describe, expect, test } from "vitest";
import { openIndex, sharedIndex } from "./target.ts";

describe("query by cosine", () => {
  const opened = sharedIndex({ dense: { dimension: 2, similarityFunction: "COSINE" } }, ({ own }) => {
    const records: { id: string; vector: number[]; metadata: Record<string, unknown>; data?: string }[] = [
      { id: "east", vector: [2, 0], metadata: { side: "right", weight: 3 }, data: "to the east" },
      { id: "north", vector: [0, 0.1], metadata: { side: "top", weight: 5 } },
      { id: "west", vector: [-1, 0], metadata: { side: "left", weight: 7 } },
    ];
    return own.upsert(records);
  });

  test("scores from 1 for the same direction to 0 for the opposite", async () => {
    expect(await opened.target.own.query({ vector: [0.7, 0], topK: 3 })).toEqual([
      { id: "east", score: 1 },
      { id: "north", score: 0.5 },
      { id: "west", score: 0 },
    ]);
  });

  test("a score is the shortest decimal of its float32", async () => {
    const [, second] = await opened.target.own.query({ vector: [1, 0.5], topK: 2 });
    expect(second?.score).toBe(0.7236068);
  });

  test("keeps the best topK of those that satisfy the filter", async () => {
    const include = { includeMetadata: true, includeVectors: true, includeData: true };
    const query = { vector: [1, 0], topK: 1, filter: "weight > 3", ...include };
    expect(await opened.target.own.query(query)).toEqual([
      { id: "north", score: 0.5, vector: [0, 0.1], metadata: { side: "top", weight: 5 } },
    ]);
  });

  test("a filter that cannot be read is refused with the place", async () => {
    await expect(opened.target.own.query({ vector: [1, 0], topK: 1, filter: "weight >" })).rejects.toThrow(
      "Invalid filter: expected a value, found the end at position 8.",
    );
  });

  test("queryMany answers each query, one alone too", async () => {
    const { index, namespace } = opened.target;
    const query = { vector: [1, 0], topK: 1 };
    const east = [{ id: "east", score: 1 }];
    expect(await index.queryMany([query, { vector: [-1, 0], topK: 1 }], { namespace })).toEqual([
      east,
      [{ id: "west", score: 1 }],
    ]);
    expect(await index.queryMany([query], { namespace })).toEqual([east]);
  });

  test("a namespace that nobody wrote to has no hits", async () => {
    const { index, namespace } = opened.target;
    expect(await index.namespace(`${namespace}-nowhere`).query({ vector: [1, 0], topK: 5 })).toEqual([]);
  });
});

test.each([
  ["EUCLIDEAN", [3, 4], 0.03846154],
  ["DOT_PRODUCT", [0.6, 0.8], 0.5],
] as const)("%s scores as documented", async (similarity, vector, expected) => {
  const target = await openIndex({ dense: { dimension: 2, similarityFunction: similarity } });
  await target.own.upsert({ id: "a", vector: similarity === "EUCLIDEAN" ? [0, 0] : [0.8, -0.6] });
  await target.settled();
  const [hit] = await target.own.query({ vector: [...vector], topK: 1 });
  await target.close();
  expect(hit).toEqual({ id: "a", score: expected });
});

test("five hundred vectors of 1536 numbers in one call come back unchanged", async () => {
  const target = await openIndex({ dense: { dimension: 1536, similarityFunction: "COSINE" } });
  const vectorOf = (n: number) =>
    Array.from({ length: 1536 }, (_, i) => Math.round(Math.sin(n * 1536 + i) * 1e6) / 1e6);
  await target.own.upsert(
    Array.from({ length: 500 }, (_, n) => ({ id: `v${n}`, vector: vectorOf(n), metadata: { n } })),
  );
  await target.settled();
  expect((await target.index.info()).namespaces[target.namespace]?.vectorCount).toBe(500);
  const hits = await target.own.query({ vector: vectorOf(321), topK: 1, includeVectors: true });
  await target.close();
  expect(hits).toEqual([{ id: "v321", score: 1, vector: vectorOf(321) }]);
});
