import { Index } from "@upstash/vector";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createVector } from "../../../src/local/vector/create-vector.ts";
import { type ServedStandIn, serveStandIn } from "../../support/stand-in.ts";

const token = "vector-token";
const settings = { dimension: 2, similarityFunction: "COSINE" } as const;
let standIn: ServedStandIn;
let index: Index;
beforeAll(async () => {
  standIn = await serveStandIn((parts) => createVector({ ...parts, token, settings, control: true }));
  index = new Index({ url: standIn.url, token, retry: false });
});
afterAll(() => standIn.stop());

// The SDK's types know data beside a vector only where the index embeds; the protocol takes it always.
type Written = { id: string; vector: number[]; metadata?: Record<string, unknown>; data?: string };
const written = (...records: Written[]) => records;
beforeEach(() => index.reset({ all: true }));

describe("upsert", () => {
  test("takes one record or several, and numbers as ids", async () => {
    expect(await index.upsert({ id: 1, vector: [1, 0] })).toBe("Success");
    expect(
      await index.upsert([
        { id: "b", vector: [0, 1] },
        { id: "c", vector: [0.5, 0.25] },
      ]),
    ).toBe("Success");
    expect(await index.fetch(["1", "b", "none"], { includeVectors: true })).toEqual([
      { id: "1", vector: [1, 0] },
      { id: "b", vector: [0, 1] },
      null,
    ]);
  });

  test("replaces the whole record; of two with one id in a call the last wins", async () => {
    await index.upsert(written({ id: "a", vector: [1, 0], metadata: { kind: "old" }, data: "old" }));
    await index.upsert(written({ id: "a", vector: [0, 1] }, { id: "a", vector: [1, 1], data: "new" }));
    const include = { includeVectors: true, includeMetadata: true, includeData: true };
    expect(await index.fetch(["a"], include)).toEqual([{ id: "a", vector: [1, 1], data: "new" }]);
  });

  test("refuses another dimension in the service's words", async () => {
    await expect(index.upsert({ id: "a", vector: [1, 2, 3] })).rejects.toThrow(
      "Invalid vector dimension: 3, expected: 2",
    );
  });

  test("does not pretend to embed", async () => {
    await expect(index.upsert({ id: "a", data: "text" })).rejects.toThrow("does not speak");
  });
});

describe("update", () => {
  test("changes what is given and leaves the rest", async () => {
    await index.upsert(written({ id: "a", vector: [1, 0], metadata: { kept: 1, gone: 2 }, data: "text" }));
    expect(
      await index.update({ id: "a", metadata: { gone: null, added: 3 }, metadataUpdateMode: "PATCH" }),
    ).toEqual({
      updated: 1,
    });
    expect(await index.update({ id: "a", vector: [0, 1] })).toEqual({ updated: 1 });
    const include = { includeVectors: true, includeMetadata: true, includeData: true };
    expect(await index.fetch(["a"], include)).toEqual([
      { id: "a", vector: [0, 1], metadata: { kept: 1, added: 3 }, data: "text" },
    ]);
    expect(await index.update({ id: "none", data: "x" })).toEqual({ updated: 0 });
  });
});

describe("range and fetch", () => {
  test("pages in the order of insertion; the cursor is the number read so far", async () => {
    await index.upsert(Array.from({ length: 12 }, (_, n) => ({ id: `id-${n}`, vector: [n, 1] })));
    const first = await index.range({ cursor: 0, limit: 5 });
    expect(first.nextCursor).toBe("5");
    expect(first.vectors.map((record) => record.id)).toEqual(["id-0", "id-1", "id-2", "id-3", "id-4"]);
    const second = await index.range({ cursor: first.nextCursor, limit: 5 });
    const third = await index.range({ cursor: second.nextCursor, limit: 5 });
    expect(third.vectors.map((record) => record.id)).toEqual(["id-10", "id-11"]);
    expect(third.nextCursor).toBe("");
  });

  test("by prefix ends on the page that exhausts it", async () => {
    await index.upsert(["a1", "b1", "a2", "b2"].map((id) => ({ id, vector: [1, 1] })));
    const page = await index.range({ cursor: "", limit: 2, prefix: "a" });
    expect(page).toMatchObject({ nextCursor: "", vectors: [{ id: "a1" }, { id: "a2" }] });
    expect(await index.fetch({ prefix: "b" })).toEqual([{ id: "b1" }, { id: "b2" }]);
  });
});

describe("delete", () => {
  test("by id, ids, prefix and filter, counting what was there", async () => {
    await index.upsert(
      Array.from({ length: 10 }, (_, n) => ({
        id: `${n % 2 ? "odd" : "even"}-${n}`,
        vector: [n, 1],
        metadata: { n },
      })),
    );
    expect(await index.delete("odd-1")).toEqual({ deleted: 1 });
    expect(await index.delete(["odd-1", "odd-3"])).toEqual({ deleted: 1 });
    expect(await index.delete({ prefix: "even-" })).toEqual({ deleted: 5 });
    expect(await index.delete({ filter: "n >= 7" })).toEqual({ deleted: 2 });
    expect((await index.range({ cursor: 0, limit: 10 })).vectors).toEqual([{ id: "odd-5" }]);
  });

  test("refuses two ways at once", async () => {
    const answer = await fetch(`${standIn.url}/delete`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ ids: ["a"], prefix: "a" }),
    });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toEqual({
      error: "Only and only one of the ids, prefix, or filter must be provided.",
      status: 422,
    });
  });
});

describe("namespaces", () => {
  test("are apart, listed, emptied and deleted", async () => {
    const other = index.namespace("other");
    await other.upsert({ id: "a", vector: [1, 0] });
    expect(await index.fetch(["a"])).toEqual([null]);
    expect(await index.listNamespaces()).toEqual(expect.arrayContaining(["", "other"]));
    expect((await index.info()).namespaces.other).toEqual({ vectorCount: 1, pendingVectorCount: 0 });
    await other.reset();
    expect((await index.info()).namespaces.other).toEqual({ vectorCount: 0, pendingVectorCount: 0 });
    expect(await index.deleteNamespace("other")).toBe("Success");
    expect(await index.listNamespaces()).not.toContain("other");
    await expect(index.deleteNamespace("other")).rejects.toThrow("Namespace other for the index");
  });
});

test("a restart finds every record and its place again", async () => {
  const records: Written[] = Array.from({ length: 20 }, (_, n) => ({
    id: `k${n}`,
    vector: [n, 1],
    metadata: { n },
    data: `d${n}`,
  }));
  await index.upsert(records, { namespace: "kept" });
  await standIn.restart();
  const page = await index.range(
    { cursor: 0, limit: 50, includeVectors: true, includeMetadata: true, includeData: true },
    { namespace: "kept" },
  );
  expect(page.vectors).toEqual(records);
});

test("a wrong token is refused", async () => {
  await expect(new Index({ url: standIn.url, token: "wrong", retry: false }).info()).rejects.toThrow(
    "Unauthorized",
  );
});

test("what is not spoken is refused with a sentence", async () => {
  await expect(index.resumableQuery({ vector: [1, 0], topK: 1, maxIdle: 1 })).rejects.toThrow(
    "does not speak",
  );
});
