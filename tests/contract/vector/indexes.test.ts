import { Index } from "@upstash/vector";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createAdjustableClock } from "../../../src/kernel/clock.ts";
import { createLog } from "../../../src/kernel/log.ts";
import { createVector } from "../../../src/local/vector/create-vector.ts";
import { defaultIndex, type IndexSettings } from "../../../src/local/vector/index-settings.ts";
import { createEmptyDatabase, type EmptyDatabase } from "../../support/postgres.ts";
import { type ServedStandIn, serveStandIn } from "../../support/stand-in.ts";
import { remote } from "../remote-target.ts";
import { needs } from "../target.ts";

const token = "vector-token";
const indexes: readonly IndexSettings[] = [
  { name: "default", dense: { dimension: 2, similarityFunction: "COSINE" } },
  { name: "wide", dense: { dimension: 3, similarityFunction: "EUCLIDEAN" } },
  { name: "words", sparse: { embeddingModel: "BM25" } },
];

describe("indexes side by side", () => {
  let standIn: ServedStandIn;
  const at = (path: string) => new Index({ url: `${standIn.url}${path}`, token, retry: false });
  beforeAll(async () => {
    if (!remote) standIn = await serveStandIn((parts) => createVector({ ...parts, token, indexes }));
  });
  beforeEach(() => needs("options"));
  afterAll(() => standIn?.stop());

  test("each has its own records, namespaces and settings", async () => {
    const wide = at("/indexes/wide");
    const words = at("/indexes/words");
    await at("").upsert({ id: "same", vector: [1, 0] });
    await wide.namespace("ns").upsert({ id: "same", vector: [1, 2, 3] });
    await words.upsert({ id: "same", data: "one text" });
    await words.upsert({ id: "other", data: "another text" });

    expect(await at("").info()).toMatchObject({ vectorCount: 1, dimension: 2, indexType: "DENSE" });
    expect(await wide.info()).toMatchObject({ dimension: 3, similarityFunction: "EUCLIDEAN" });
    expect(await words.info()).toMatchObject({ vectorCount: 2, indexType: "SPARSE" });
    expect(await wide.listNamespaces()).toEqual(["", "ns"]);
    expect(await at("").listNamespaces()).toEqual([""]);
    expect((await words.query({ data: "text", topK: 5 })).map(({ id }) => id)).toEqual(["same", "other"]);
  });

  test("the default one answers at the server's address and under its name", async () => {
    await at("").upsert({ id: "a", vector: [0, 1] });
    expect(await at("/indexes/default").fetch(["a"])).toEqual([{ id: "a" }]);
  });

  test("resetting all of one leaves the others, over a restart too", async () => {
    const wide = at("/indexes/wide");
    await wide.upsert({ id: "kept", vector: [1, 1, 1] });
    await at("").upsert({ id: "gone", vector: [1, 1] });
    await at("").reset({ all: true });
    await standIn.restart();
    expect(await at("").fetch(["gone"])).toEqual([null]);
    expect(await wide.fetch(["kept"], { includeVectors: true })).toEqual([{ id: "kept", vector: [1, 1, 1] }]);
  });

  test("an error names the index that it is about", async () => {
    await expect(at("/indexes/wide").deleteNamespace("none")).rejects.toThrow(
      "Namespace none for the index wide does not exist",
    );
    await expect(at("/indexes/unknown").info()).rejects.toThrow('There is no index "unknown"');
  });
});

describe("settings that change between two starts", () => {
  let database: EmptyDatabase;
  beforeAll(async () => {
    if (!remote) database = await createEmptyDatabase();
  });
  beforeEach(() => needs("options"));
  afterAll(() => database?.drop());

  const start = async (settings: IndexSettings) => {
    const service = createVector({
      ...{ pool: database.pool, clock: createAdjustableClock(), log: createLog("silent") },
      ...{ token, indexes: [settings] },
    });
    await service.start();
    return (path: string, body: unknown) =>
      service.app.request(path, {
        method: "POST",
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      });
  };

  test("are refused while there are records of another shape, and taken when there are none", async () => {
    const call = await start({ ...defaultIndex, dense: { dimension: 2, similarityFunction: "COSINE" } });
    await call("/upsert", { id: "small", vector: [1, 0] });
    const wider: IndexSettings = { ...defaultIndex, dense: { dimension: 3, similarityFunction: "COSINE" } };
    await expect(start(wider)).rejects.toThrow(/index "default" holds records of another .* "small"/);
    await expect(start({ ...defaultIndex, sparse: {} })).rejects.toThrow('index "default" holds records');
    await call("/reset", []);
    const answer = await (await start(wider))("/upsert", { id: "wide", vector: [1, 0, 0] });
    expect(answer.status).toBe(200);
  });
});
