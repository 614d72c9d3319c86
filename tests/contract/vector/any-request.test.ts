import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { sharedIndex } from "./target.ts";
import { hybridKind, hybridRecords } from "./three-records.ts";

const commands = [
  ...["upsert", "upsert-data", "update", "query", "query-data", "resumable-query", "resumable-query-data"],
  ...["resumable-query-next", "resumable-query-end", "fetch", "range", "random", "delete", "info", "reset"],
  ...["list-namespaces", "delete-namespace", "rename-namespace", "nothing", ""],
];
const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, -1, 1e39, 2 ** 31, 1001));
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom(
    "",
    "id0",
    "__proto__",
    "\u0000",
    "\ud800",
    "a = 1",
    "key = 'value' OR (x",
    "tags[#-0] = 1",
  ),
);
const vector = fc.oneof(fc.array(number, { maxLength: 3 }), fc.constant([0.1, 0.2]), fc.jsonValue());
const sparse = fc.oneof(
  fc.record({ indices: fc.array(number, { maxLength: 3 }), values: fc.array(number, { maxLength: 3 }) }),
  fc.constant({ indices: [0, 1], values: [0.1, 0.2] }),
  fc.jsonValue(),
);
const item = fc.record(
  {
    ...{ id: fc.oneof(text, number), vector, sparseVector: sparse, data: text },
    metadata: fc.oneof(fc.dictionary(text, fc.jsonValue()), fc.jsonValue()),
    metadataUpdateMode: fc.constantFrom("PATCH", "OVERWRITE", "NONE"),
    ...{ topK: number, limit: number, cursor: fc.oneof(text, number), additionalK: number, maxIdle: number },
    ...{ filter: text, prefix: text, uuid: text, namespace: text, newNamespace: text },
    ids: fc.oneof(fc.array(text), fc.jsonValue()),
    fusionAlgorithm: fc.constantFrom("RRF", "DBSF", "SUM"),
    weightingStrategy: fc.constantFrom("IDF", "TF"),
    ...{ includeVectors: fc.boolean(), includeMetadata: fc.boolean(), includeData: fc.boolean() },
  },
  { requiredKeys: [] },
);
/** The fields that the commands take, so that a body is not refused for one that it does not know. */
const fields: Readonly<Record<string, readonly string[]>> = {
  upsert: ["id", "vector", "sparseVector", "data", "metadata"],
  update: ["id", "vector", "sparseVector", "data", "metadata", "metadataUpdateMode"],
  query: [
    "vector",
    "sparseVector",
    "topK",
    "filter",
    "fusionAlgorithm",
    "weightingStrategy",
    "includeVectors",
  ],
  range: ["cursor", "limit", "prefix", "includeMetadata"],
  fetch: ["ids", "prefix", "includeVectors"],
  delete: ["ids", "prefix", "filter"],
};
const request = fc
  .record({ command: fc.constantFrom(...commands), item, listed: fc.boolean(), other: fc.option(fc.json()) })
  .map(({ command, item: whole, listed, other }) => {
    const known = fields[command];
    const one = known
      ? Object.fromEntries(Object.entries(whole).filter(([name]) => known.includes(name)))
      : whole;
    return { command, body: other ?? JSON.stringify(listed ? [one, one] : one) };
  });

describe("a hybrid index", () => {
  const opened = sharedIndex(hybridKind, ({ own }) => own.upsert(hybridRecords));

  test("answers every request in JSON, and none by a fault of its own", async () => {
    needs("stand-in");
    const { url, token, namespace } = opened.target;
    await fc.assert(
      fc.asyncProperty(request, async ({ command, body }) => {
        const answer = await fetch(`${url}/${command}/${namespace}`, {
          method: "POST",
          headers: { authorization: `Bearer ${token}` },
          body,
        });
        const said = await answer.json();
        expect([answer.status, said]).not.toEqual([500, expect.anything()]);
        if (answer.ok) expect(said).toHaveProperty("result");
        else expect(said).toEqual({ error: expect.stringMatching(/\w/), status: answer.status });
      }),
      { numRuns: 3000 },
    );
  }, 120_000);
});
