import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readIndexFile } from "./index-file.ts";
import { defaultIndex } from "./index-settings.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "waybill-indexes-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: unknown) {
  const path = join(folder, "indexes.json");
  await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
  return readIndexFile(path);
}

test("a missing file is written with the default index, and read again as the same", async () => {
  const path = join(folder, "missing.json");
  expect(await readIndexFile(path)).toEqual([defaultIndex]);
  expect(await readIndexFile(path)).toEqual([defaultIndex]);
  expect(JSON.parse(await readFile(path, "utf8"))).toEqual([
    { name: "default", type: "DENSE", dimension: 1536, similarityFunction: "COSINE" },
  ]);
});

test("an index of each type is read", async () => {
  expect(
    await read([
      { name: "default", type: "DENSE", dimension: 384, embeddingModel: "LEXICAL" },
      { name: "words", type: "SPARSE", sparseEmbeddingModel: "BM25" },
      { name: "both", type: "HYBRID", dimension: 2, similarityFunction: "DOT_PRODUCT" },
    ]),
  ).toEqual([
    { name: "default", dense: { dimension: 384, similarityFunction: "COSINE", embeddingModel: "LEXICAL" } },
    { name: "words", sparse: { embeddingModel: "BM25" } },
    { name: "both", dense: { dimension: 2, similarityFunction: "DOT_PRODUCT" }, sparse: {} },
  ]);
});

const index = { name: "default", type: "DENSE", dimension: 2 };
test.each([
  ["no JSON", "[", "is not JSON"],
  ["no list", {}, "expected array"],
  ["no default index", [{ ...index, name: "other" }], 'must be named "default"'],
  ["a name twice", [index, index], "names must be distinct"],
  ["a name that no address may have", [index, { ...index, name: "A b" }], "[1].name"],
  ["a dimension of none", [{ ...index, dimension: 0 }], "[0].dimension"],
  ["an unknown type", [{ ...index, type: "GRAPH" }], "[0].type"],
  ["an unknown similarity", [{ ...index, similarityFunction: "MANHATTAN" }], "[0].similarityFunction"],
  ["an unknown model", [{ ...index, embeddingModel: "BGE_M3" }], "[0].embeddingModel"],
  ["a field that its type has not", [{ ...index, sparseEmbeddingModel: "BM25" }], "sparseEmbeddingModel"],
])("%s is refused with its place", async (_, content, problem) => {
  await expect(read(content)).rejects.toThrow(problem);
});
