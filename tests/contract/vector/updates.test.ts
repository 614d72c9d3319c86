import { beforeEach, describe, expect, test } from "vitest";
import { sharedIndex } from "./target.ts";
import { hybridKind, hybridRecords, includeAll, sparseKind, sparseRecords } from "./three-records.ts";

describe("metadata", () => {
  const opened = sharedIndex({ dense: { dimension: 2, similarityFunction: "COSINE" } }, ({ own }) =>
    own.upsert({ id: "a", vector: [1, 0] }),
  );
  const before = { keep: 1, drop: 2, deep: { keep: true, drop: true }, list: [1, 2] };
  const metadataOf = async () =>
    (await opened.target.own.fetch(["a"], { includeMetadata: true }))[0]?.metadata;
  beforeEach(async () => {
    await opened.target.own.upsert({ id: "a", vector: [1, 0], metadata: before });
    await opened.target.settled();
  });

  test("is replaced whole unless a patch is asked for", async () => {
    const { own } = opened.target;
    expect(await own.update({ id: "a", metadata: { only: "this" } })).toEqual({ updated: 1 });
    expect(await metadataOf()).toEqual({ only: "this" });
    await own.update({ id: "a", metadata: { other: 1 }, metadataUpdateMode: "OVERWRITE" });
    expect(await metadataOf()).toEqual({ other: 1 });
  });

  test("is patched as RFC 7396 says: null removes, objects go deeper, lists are replaced", async () => {
    const patch = { drop: null, deep: { drop: null, added: 1 }, list: [3], fresh: { inner: null } };
    await opened.target.own.update({ id: "a", metadata: patch, metadataUpdateMode: "PATCH" });
    expect(await metadataOf()).toEqual({ keep: 1, deep: { keep: true, added: 1 }, list: [3], fresh: {} });
  });

  test("of a record that is not there updates nothing", async () => {
    const { own, index } = opened.target;
    expect(await own.update({ id: "none", metadata: {} })).toEqual({ updated: 0 });
    const missing = index.namespace(`${opened.target.namespace}-missing`);
    expect(await missing.update({ id: "a", metadata: {} })).toEqual({ updated: 0 });
  });
});

describe("a sparse vector", () => {
  const opened = sharedIndex(sparseKind, ({ own }) => own.upsert(sparseRecords));

  test("is replaced and found by its new dimensions alone; the rest of the record stays", async () => {
    const { own, settled } = opened.target;
    const sparseVector = { indices: [6, 7], values: [0.5, 0.6] };
    expect(await own.update({ id: "id1", sparseVector })).toEqual({ updated: 1 });
    await settled();
    expect(await own.fetch(["id1"], includeAll)).toEqual([{ ...sparseRecords[1], sparseVector }]);
    const query = { topK: 5, sparseVector: { indices: [2, 7], values: [1, 1] } };
    expect((await own.query(query)).map(({ id }) => id)).toEqual(["id1", "id2"]);
  });
});

describe("the vectors of a hybrid index", () => {
  const opened = sharedIndex(hybridKind, ({ own }) => own.upsert(hybridRecords));

  test("are updated both or not at all", async () => {
    const { own, call, namespace } = opened.target;
    const vectors = { vector: [0.5, 0.6], sparseVector: { indices: [6, 7], values: [0.5, 0.6] } };
    expect(await own.update({ id: "id1", ...vectors })).toEqual({ updated: 1 });
    expect(await own.fetch(["id1"], includeAll)).toEqual([{ ...hybridRecords[1], ...vectors }]);
    const update = (change: object) => call(`/update/${namespace}`, { id: "id2", ...change });
    for (const alone of [{ vector: vectors.vector }, { sparseVector: vectors.sparseVector }]) {
      expect((await update(alone)).status).toBe(422);
    }
    expect(await (await update({ metadata: { new: true } })).json()).toEqual({ result: { updated: 1 } });
    expect(await own.fetch(["id2"], includeAll)).toEqual([{ ...hybridRecords[2], metadata: { new: true } }]);
  });
});
