import { Index } from "@upstash/vector";
import { beforeEach, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { sharedIndex } from "./target.ts";

// A first record, so that the namespace is there to be emptied.
const opened = sharedIndex({ dense: { dimension: 2, similarityFunction: "COSINE" } }, ({ own }) =>
  own.upsert({ id: "first", vector: [1, 1] }),
);

// The SDK's types know data beside a vector only where the index embeds; the protocol takes it always.
type Written = { id: string; vector: number[]; metadata?: Record<string, unknown>; data?: string };

/** Writes records, and waits until they can be found. */
async function write(...records: Written[]): Promise<void> {
  const { own, settled } = opened.target;
  await own.upsert(records);
  await settled();
}

beforeEach(async () => {
  await opened.target.own.reset();
});

describe("upsert", () => {
  test("takes one record or several, and numbers as ids", async () => {
    const { own } = opened.target;
    expect(await own.upsert({ id: 1, vector: [1, 0] })).toBe("Success");
    expect(
      await own.upsert([
        { id: "b", vector: [0, 1] },
        { id: "c", vector: [0.5, 0.25] },
      ]),
    ).toBe("Success");
    expect(await own.fetch(["1", "b", "none"], { includeVectors: true })).toEqual([
      { id: "1", vector: [1, 0] },
      { id: "b", vector: [0, 1] },
      null,
    ]);
  });

  test("replaces the whole record; of two with one id in a call the last wins", async () => {
    const { own } = opened.target;
    await write({ id: "a", vector: [1, 0], metadata: { kind: "old" }, data: "old" });
    await write({ id: "a", vector: [0, 1] }, { id: "a", vector: [1, 1], data: "new" });
    const include = { includeVectors: true, includeMetadata: true, includeData: true };
    expect(await own.fetch(["a"], include)).toEqual([{ id: "a", vector: [1, 1], data: "new" }]);
  });

  test("refuses another dimension in the service's words", async () => {
    const { own } = opened.target;
    await expect(own.upsert({ id: "a", vector: [1, 2, 3] })).rejects.toThrow(
      "Invalid vector dimension: 3, expected: 2",
    );
  });
});

describe("update", () => {
  test("changes what is given and leaves the rest", async () => {
    const { own } = opened.target;
    await write({ id: "a", vector: [1, 0], metadata: { kept: 1, gone: 2 }, data: "text" });
    expect(
      await own.update({ id: "a", metadata: { gone: null, added: 3 }, metadataUpdateMode: "PATCH" }),
    ).toEqual({
      updated: 1,
    });
    expect(await own.update({ id: "a", vector: [0, 1] })).toEqual({ updated: 1 });
    await opened.target.settled();
    const include = { includeVectors: true, includeMetadata: true, includeData: true };
    expect(await own.fetch(["a"], include)).toEqual([
      { id: "a", vector: [0, 1], metadata: { kept: 1, added: 3 }, data: "text" },
    ]);
    expect(await own.update({ id: "none", data: "x" })).toEqual({ updated: 0 });
  });
});

describe("range and fetch", () => {
  test("pages in the order of insertion; the cursor is the number read so far", async () => {
    const { own } = opened.target;
    await write(...Array.from({ length: 12 }, (_, n) => ({ id: `id-${n}`, vector: [n, 1] })));
    const first = await own.range({ cursor: 0, limit: 5 });
    expect(first.nextCursor).toBe("5");
    expect(first.vectors.map((record) => record.id)).toEqual(["id-0", "id-1", "id-2", "id-3", "id-4"]);
    const second = await own.range({ cursor: first.nextCursor, limit: 5 });
    const third = await own.range({ cursor: second.nextCursor, limit: 5 });
    expect(third.vectors.map((record) => record.id)).toEqual(["id-10", "id-11"]);
    expect(third.nextCursor).toBe("");
  });

  test("by prefix pages through what has it; what is deleted in between makes it skip nothing", async () => {
    const { own, settled } = opened.target;
    const ids = Array.from({ length: 9 }, (_, n) => `${n % 3 === 0 ? "other" : "mine"}-${n}`);
    await write(...ids.map((id) => ({ id, vector: [1, 1] })));
    const page = async (cursor: string | number) => {
      const { vectors, nextCursor } = await own.range({ cursor, limit: 2, prefix: "mine-" });
      return { ids: vectors.map(({ id }) => id), nextCursor };
    };
    const first = await page(0);
    expect(first.ids).toEqual(["mine-1", "mine-2"]);
    await own.delete(["mine-1", "mine-4"]);
    await settled();
    const second = await page(first.nextCursor);
    expect(second.ids).toEqual(["mine-5", "mine-7"]);
    expect(await page(second.nextCursor)).toEqual({ ids: ["mine-8"], nextCursor: "" });
  });

  test("by prefix ends on the page that exhausts it", async () => {
    const { own } = opened.target;
    await write(...["a1", "b1", "a2", "b2"].map((id) => ({ id, vector: [1, 1] })));
    const page = await own.range({ cursor: "", limit: 2, prefix: "a" });
    expect(page).toMatchObject({ nextCursor: "", vectors: [{ id: "a1" }, { id: "a2" }] });
    expect(await own.fetch({ prefix: "b" })).toEqual([{ id: "b1" }, { id: "b2" }]);
  });
});

describe("delete", () => {
  test("by id, ids, prefix and filter, counting what was there", async () => {
    const { own } = opened.target;
    await write(
      ...Array.from({ length: 10 }, (_, n) => ({
        id: `${n % 2 ? "odd" : "even"}-${n}`,
        vector: [n, 1],
        metadata: { n },
      })),
    );
    expect(await own.delete("odd-1")).toEqual({ deleted: 1 });
    expect(await own.delete(["odd-1", "odd-3"])).toEqual({ deleted: 1 });
    expect(await own.delete({ prefix: "even-" })).toEqual({ deleted: 5 });
    expect(await own.delete({ filter: "n >= 7" })).toEqual({ deleted: 2 });
    expect((await own.range({ cursor: 0, limit: 10 })).vectors).toEqual([{ id: "odd-5" }]);
  });

  test("refuses two ways at once", async () => {
    const answer = await opened.target.call("/delete", { ids: ["a"], prefix: "a" });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toEqual({
      error: "Only and only one of the ids, prefix, or filter must be provided.",
      status: 422,
    });
  });
});

describe("namespaces", () => {
  test("are apart, listed, emptied and deleted", async () => {
    const { index, own, namespace, settled } = opened.target;
    const otherName = `${namespace}-other`;
    const other = index.namespace(otherName);
    await other.upsert({ id: "a", vector: [1, 0] });
    await settled();
    expect(await own.fetch(["a"])).toEqual([null]);
    expect(await index.listNamespaces()).toEqual(expect.arrayContaining(["", namespace, otherName]));
    expect((await index.info()).namespaces[otherName]).toEqual({ vectorCount: 1, pendingVectorCount: 0 });
    await other.reset();
    expect((await index.info()).namespaces[otherName]).toEqual({ vectorCount: 0, pendingVectorCount: 0 });
    expect(await index.deleteNamespace(otherName)).toBe("Success");
    expect(await index.listNamespaces()).not.toContain(otherName);
    await expect(index.deleteNamespace(otherName)).rejects.toThrow(`Namespace ${otherName} for the index`);
  });
});

test("a record is read whole, however often it is written meanwhile", async () => {
  const { own, namespace, call } = opened.target;
  const written = (n: number): Written => ({ id: "busy", vector: [n, 1], metadata: { n } });
  await write(written(0));
  const include = { includeVectors: true, includeMetadata: true };
  const readings = [
    async () => own.fetch(["busy"], include),
    async () => (await own.range({ cursor: 0, limit: 1, ...include })).vectors,
    async () => own.query({ vector: [1, 1], topK: 1, ...include }),
  ];
  const reads: Promise<unknown>[] = [];
  const writes: Promise<unknown>[] = [];
  for (let n = 1; n <= 60; n += 1) {
    writes.push(call(`/upsert/${namespace}`, written(n)));
    for (const read of readings) reads.push(read());
  }
  for (const records of await Promise.all(reads)) {
    expect(records).toEqual([
      expect.objectContaining({ vector: [expect.any(Number), 1], metadata: { n: expect.any(Number) } }),
    ]);
    const [{ vector, metadata }] = JSON.parse(JSON.stringify(records));
    expect(vector[0]).toBe(metadata.n);
  }
  await Promise.all(writes);
});

test("a restart finds every record and its place again", async () => {
  needs("restart");
  const records: Written[] = Array.from({ length: 20 }, (_, n) => ({
    id: `k${n}`,
    vector: [n, 1],
    metadata: { n },
    data: `d${n}`,
  }));
  await write(...records);
  await opened.target.restart();
  const include = { includeVectors: true, includeMetadata: true, includeData: true };
  const page = await opened.target.own.range({ cursor: 0, limit: 50, ...include });
  expect(page.vectors).toEqual(records);
});

test("a wrong token is refused", async () => {
  await expect(new Index({ url: opened.target.url, token: "wrong", retry: false }).info()).rejects.toThrow(
    "Unauthorized",
  );
});
