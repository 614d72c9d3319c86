import { describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { sharedIndex } from "./target.ts";
import { hybridKind, sparseKind } from "./three-records.ts";

const dense = { dense: { dimension: 2, similarityFunction: "COSINE" } } as const;
const sparseVector = { indices: [1], values: [1] };

describe("a dense index", () => {
  const opened = sharedIndex(dense, ({ own }) => own.upsert({ id: "a", vector: [1, 0] }));
  const refusal = async (command: string, body: unknown) => {
    const answer = await opened.target.call(`/${command}/${opened.target.namespace}`, body);
    const { error, status } = await answer.json();
    expect(status).toBe(answer.status);
    return [status, error];
  };

  test.each([
    ["upsert", { id: "b" }],
    ["upsert", { id: "b", sparseVector }],
    ["query", { sparseVector }],
    ["query", { topK: 1 }],
  ])("%s of %j requires dense vectors", async (command, body) => {
    expect(await refusal(command, body)).toEqual([422, "This index requires dense vectors"]);
  });

  test.each(["upsert", "update", "query", "resumable-query"])(
    "%s refuses another dimension",
    async (command) => {
      const body = { vector: [1, 2, 3], ...(command.startsWith("up") && { id: "a" }) };
      expect(await refusal(command, body)).toEqual([422, "Invalid vector dimension: 3, expected: 2"]);
    },
  );

  test("of several records one that is refused writes none", async () => {
    const records = [
      { id: "x", vector: [1, 0] },
      { id: "y", vector: [1] },
    ];
    expect((await refusal("upsert", records))[0]).toBe(422);
    expect(await opened.target.own.fetch(["x"])).toEqual([null]);
  });

  test.each([
    ["fetch", { ids: ["a"], prefix: "a" }, "Only one of ids or prefix must be provided."],
    ["fetch", {}, "Only one of ids or prefix must be provided."],
    [
      "delete",
      { ids: ["a"], prefix: "a" },
      "Only and only one of the ids, prefix, or filter must be provided.",
    ],
    ["delete", {}, "Only and only one of the ids, prefix, or filter must be provided."],
    ["delete", { prefix: "" }, "Only and only one of the ids, prefix, or filter must be provided."],
    ["delete", { filter: "" }, "Only and only one of the ids, prefix, or filter must be provided."],
  ])("%s of %j is refused in the service's words", async (command, body, error) => {
    expect(await refusal(command, body)).toEqual([422, error]);
  });

  test.each([
    ["upsert", [{ id: "a", vector: [1, 0] }, { vector: [1, 0] }], "[1].id"],
    ["upsert", { id: "a", vector: "no" }, "vector"],
    ["upsert", { id: "a", vector: [1, null] }, "vector"],
    ["upsert", { id: "a", vector: [1, 1e39] }, "vector"],
    ["upsert", { id: "a", vector: [1, 0], metadata: [] }, "metadata"],
    ["upsert-data", { id: "a" }, "data"],
    ["update", { vector: [1, 0] }, "id"],
    ["update", { id: "a", metadata: {}, metadataUpdateMode: "MERGE" }, "metadataUpdateMode"],
    ["query", { vector: [1, 0], topK: 0 }, "topK"],
    ["query", { vector: [1, 0], topK: 1001 }, "topK"],
    ["query", { vector: [1, 0], fusionAlgorithm: "SUM" }, "fusionAlgorithm"],
    ["query", { vector: [1, 0], weightingStrategy: "TF" }, "weightingStrategy"],
    ["query-data", { data: "a", queryMode: "BOTH" }, "queryMode"],
    ["query", { vector: [1, 0], topk: 3 }, "topk"],
    ["resumable-query", { vector: [1, 0], maxIdle: -1 }, "maxIdle"],
    ["range", { cursor: "0" }, "limit"],
    ["range", { cursor: "elsewhere", limit: 1 }, "cursor"],
    ["delete", { id: "a" }, "id"],
    ["upsert", { id: "a\u0000", vector: [1, 0] }, "id"],
    ["upsert", { id: "\ud800", vector: [1, 0] }, "id"],
    ["upsert", { id: "a", vector: [1, 0], data: "\u0000" }, "data"],
    ["rename-namespace", { namespace: "a", newNamespace: "\u0000" }, "newNamespace"],
  ])("%s of %j is refused and the field is named", async (command, body, field) => {
    needs("stand-in");
    const [status, error] = await refusal(command, body);
    expect(status).toBe(422);
    expect(error).toContain(field);
  });

  test("a filter that cannot be read is refused with its place, for delete too", async () => {
    expect((await refusal("delete", { filter: "a =" }))[1]).toContain("position 3");
    expect((await refusal("resumable-query", { vector: [1, 0], filter: "(a" }))[1]).toContain(
      "Invalid filter",
    );
  });

  test("a namespace that cannot be stored is refused; metadata may hold any text", async () => {
    needs("stand-in");
    const { call, namespace, own } = opened.target;
    expect((await call(`/upsert/${namespace}%00`, { id: "a", vector: [1, 0] })).status).toBe(422);
    const metadata = { "\u0000": "\u0000", half: "\ud800" };
    expect((await call(`/upsert/${namespace}`, { id: "m", vector: [1, 0], metadata })).status).toBe(200);
    expect(await own.fetch(["m"], { includeMetadata: true })).toEqual([{ id: "m", metadata }]);
  });

  test("a body that is not JSON, and an unknown command, are answered in JSON", async () => {
    needs("stand-in");
    const { url, token } = opened.target;
    const headers = { authorization: `Bearer ${token}` };
    const broken = await fetch(`${url}/query`, { method: "POST", headers, body: "{" });
    expect([broken.status, await broken.json()]).toEqual([
      422,
      { error: "Invalid request body: it is not JSON", status: 422 },
    ]);
    const unknown = await fetch(`${url}/teleport`, { method: "POST", headers });
    expect(unknown.status).toBe(501);
    expect((await unknown.json()).error).toContain('does not speak the command "teleport"');
  });
});

describe("a sparse index", () => {
  const opened = sharedIndex(sparseKind, ({ own }) => own.upsert({ id: "a", sparseVector }));
  const refusal = async (command: string, body: object) =>
    (await (await opened.target.call(`/${command}/${opened.target.namespace}`, body)).json()).error;

  test.each(["upsert", "query"])("%s requires sparse vectors", async (command) => {
    const body = { vector: [1, 0], ...(command === "upsert" && { id: "b" }) };
    expect(await refusal(command, body)).toBe("This index requires sparse vectors");
  });

  test.each([
    ["indices and values of unlike length", { indices: [1, 2], values: [1] }],
    ["a value beyond float32", { indices: [1], values: [1e39] }],
    ["an index twice", { indices: [1, 1], values: [1, 2] }],
    ["an index beyond 32 bits", { indices: [2 ** 31], values: [1] }],
    ["more than a thousand dimensions", { indices: [...Array(1001).keys()], values: Array(1001).fill(1) }],
  ])("refuses %s and names the field", async (_, wrong) => {
    needs("stand-in");
    expect(await refusal("upsert", { id: "b", sparseVector: wrong })).toContain("sparseVector");
  });
});

describe("a hybrid index", () => {
  const opened = sharedIndex(hybridKind, ({ own }) => own.upsert({ id: "a", vector: [1, 0], sparseVector }));

  test("requires both vectors of a record", async () => {
    const { own } = opened.target;
    await expect(own.upsert({ id: "b", vector: [1, 0] })).rejects.toThrow(
      "This index requires sparse vectors",
    );
    await expect(own.upsert({ id: "b", sparseVector })).rejects.toThrow("This index requires dense vectors");
  });

  test("requires one vector of a query at least", async () => {
    const { call, namespace } = opened.target;
    expect((await call(`/query/${namespace}`, { topK: 1 })).status).toBe(422);
  });
});
