import { WeightingStrategy } from "@upstash/vector";
import { describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { openIndex, sharedIndex } from "./target.ts";
import { sparseKind, sparseRecords } from "./three-records.ts";

const dense = { dense: { dimension: 2, similarityFunction: "COSINE" } } as const;

describe("what holds when nothing is said", () => {
  const opened = sharedIndex(dense, async ({ own }) => {
    const ids = Array.from({ length: 1001 }, (_, n) => `p-${n}`);
    await own.upsert(ids.map((id, n) => ({ id, vector: [1, n / 1000] })));
  });
  const result = async (command: string, body: unknown) =>
    (await (await opened.target.call(`/${command}/${opened.target.namespace}`, body)).json()).result;

  test("a query gives ten records, of one query in a list too, and lists of them for two", async () => {
    const query = { vector: [1, 0] };
    const flat = await result("query", query);
    expect(flat).toHaveLength(10);
    expect(flat[0]).toEqual({ id: "p-0", score: 1 });
    expect(await result("query", [query])).toEqual(flat);
    expect(await result("query", [query, query])).toEqual([flat, flat]);
    expect((await result("resumable-query", query)).scores).toEqual(flat);
  });

  test("null is the same as nothing", async () => {
    needs("stand-in");
    const query = { vector: [1, 0], topK: null, filter: null, fusionAlgorithm: null, includeData: null };
    expect(await result("query", query)).toHaveLength(10);
    expect((await result("resumable-query", { ...query, maxIdle: null })).scores).toHaveLength(10);
    expect((await result("range", { cursor: null, limit: 1, prefix: null })).nextCursor).toBe("1");
    const change = { id: "p-0", metadata: null, metadataUpdateMode: null };
    expect(await result("update", change)).toEqual({ updated: 1 });
  });

  test("a fetch by prefix gives a thousand records at most", async () => {
    expect(await opened.target.own.fetch({ prefix: "p-" })).toHaveLength(1000);
    expect(await opened.target.own.fetch({ prefix: "p-100" })).toHaveLength(2);
    expect(await opened.target.own.fetch({ prefix: "q" })).toEqual([]);
  });

  test('a range begins by "0", "" and 0 alike', async () => {
    for (const cursor of ["0", "", 0]) {
      const page = await result("range", { cursor, limit: 2 });
      expect(page).toEqual({ nextCursor: "2", vectors: [{ id: "p-0" }, { id: "p-1" }] });
    }
  });

  test("a resumable query may be idle for an hour", async () => {
    needs("clock");
    const { uuid } = await result("resumable-query", { vector: [1, 0], topK: 1 });
    const next = () => opened.target.call("/resumable-query-next", { uuid, additionalK: 1 });
    opened.target.advance(3_599_000);
    expect((await next()).status).toBe(200);
    opened.target.advance(3_601_000);
    expect((await next()).status).toBe(404);
  });

  test("deleting what is not there deletes none, whether named by ids, prefix or filter", async () => {
    const { own } = opened.target;
    expect(await own.delete(["none"])).toEqual({ deleted: 0 });
    expect(await own.delete({ prefix: "none" })).toEqual({ deleted: 0 });
    expect(await own.delete({ filter: "none = 1" })).toEqual({ deleted: 0 });
  });
});

describe("the protocol", () => {
  const opened = sharedIndex(dense, ({ own }) => own.upsert({ id: "a", vector: [1, 0] }));
  const send = async (method: string, command: string, body?: unknown) => {
    const { url, token, namespace } = opened.target;
    const answer = await fetch(`${url}/${command}${body === undefined ? "" : `/${namespace}`}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return [answer.status, await answer.json()];
  };

  test("a command may come by any method", async () => {
    expect(await send("GET", "info")).toEqual([200, { result: expect.objectContaining({ dimension: 2 }) }]);
    expect(await send("GET", "list-namespaces")).toEqual([200, { result: expect.arrayContaining([""]) }]);
    expect(await send("PUT", "upsert", { id: "b", vector: [0, 1] })).toEqual([200, { result: "Success" }]);
    expect(await send("DELETE", "delete", ["b"])).toEqual([200, { result: { deleted: 1 } }]);
    expect(await send("PATCH", "update", { id: "a", data: "x" })).toEqual([200, { result: { updated: 1 } }]);
  });

  test("a slash behind a command means the default namespace", async () => {
    needs("stand-in");
    expect(await send("POST", "fetch/?x=1")).toEqual([
      422,
      { error: "Only one of ids or prefix must be provided.", status: 422 },
    ]);
    expect((await send("POST", "info/"))[0]).toBe(200);
  });

  test("info tells sizes and settings, and nothing else", async () => {
    const [, { result }] = await send("GET", "info");
    const count = expect.any(Number);
    expect(result).toEqual({
      ...{ vectorCount: count, pendingVectorCount: count, indexSize: count },
      ...{ dimension: 2, similarityFunction: "COSINE", indexType: "DENSE" },
      denseIndex: { dimension: 2, similarityFunction: "COSINE", embeddingModel: expect.any(String) },
      namespaces: expect.objectContaining({
        "": { vectorCount: count, pendingVectorCount: count },
        [opened.target.namespace]: { vectorCount: 1, pendingVectorCount: 0 },
      }),
    });
  });

  test("a namespace that is not there cannot be deleted", async () => {
    const name = `${opened.target.namespace}-none`;
    const answer = await opened.target.call(`/delete-namespace/${name}`, []);
    expect([answer.status, await answer.json()]).toEqual([
      404,
      { error: expect.stringMatching(`^Namespace ${name} for the index .+ does not exist$`), status: 404 },
    ]);
  });

  test("metadata has at most 48 KB, and data 1 MB", async () => {
    needs("stand-in");
    const { call, namespace } = opened.target;
    const status = async (more: object) =>
      (await call(`/upsert/${namespace}`, { id: "large", vector: [1, 0], ...more })).status;
    expect(await status({ metadata: { text: "x".repeat(48_000) } })).toBe(200);
    expect(await status({ metadata: { text: "x".repeat(50_000) } })).toBe(422);
    expect(await status({ data: "x".repeat(1_000_000) })).toBe(200);
    expect(await status({ data: "x".repeat(1_100_000) })).toBe(422);
  });

  test("a wrong token is refused in JSON", async () => {
    const { url } = opened.target;
    const answer = await fetch(`${url}/info`, { method: "POST", headers: { authorization: "Bearer wrong" } });
    expect([answer.status, await answer.json()]).toEqual([
      401,
      { error: expect.stringContaining("Unauthorized"), status: 401 },
    ]);
  });
});

test.each([
  ["COSINE", [3, 4]],
  ["COSINE", [0.1, 0.7]],
  ["EUCLIDEAN", [12.5, -7.1]],
  ["DOT_PRODUCT", [0.6, 0.8]],
  ["DOT_PRODUCT", [1, 0]],
] as const)("by %s the vector %j has a score of exactly 1 for itself", async (similarityFunction, vector) => {
  const target = await openIndex({ dense: { dimension: 2, similarityFunction } });
  await target.own.upsert({ id: "a", vector: [...vector] });
  await target.settled();
  const hits = await target.own.query({ vector: [...vector], topK: 1 });
  await target.close();
  expect(hits).toEqual([{ id: "a", score: 1 }]);
});

test("how rare a dimension is counts within its namespace alone", async () => {
  const { own, index, namespace, settled, close } = await openIndex(sparseKind);
  const other = index.namespace(`${namespace}-other`);
  await own.upsert(sparseRecords);
  await other.upsert(
    Array.from({ length: 20 }, (_, n) => ({ id: `n${n}`, sparseVector: { indices: [0], values: [1] } })),
  );
  await settled();
  const query = { topK: 1, weightingStrategy: WeightingStrategy.IDF };
  const sparseVector = { indices: [0, 1], values: [0.1, 0.2] };
  expect(await own.query({ ...query, sparseVector })).toEqual([{ id: "id0", score: 0.028608438 }]);
  await close();
});
