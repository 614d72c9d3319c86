import { fetchBody, queryBody, rangeBody } from "../entities.ts";
import { presentRecord } from "../present-record.ts";
import { measure } from "../similarity.ts";
import { VectorError } from "../vector-error.ts";
import { type Command, parseBody, readFilter, requireVector } from "./command.ts";

const maxByPrefix = 1000;
/** What the service keeps beside the numbers of a record, roughly: for `indexSize` alone. */
const recordOverheadBytes = 64;

/** `query`: the nearest records, exactly. One query answers flat, several nested. */
export const query: Command = async ({ store, settings, namespace, body, count }) => {
  const queries = parseBody(queryBody, body);
  const answers = queries.map((item) => {
    const vector = requireVector(item, settings);
    const filter = readFilter(item.filter);
    const { similarityFunction: similarity } = settings;
    return store
      .view(namespace)
      .nearest({ query: measure(vector), similarity, topK: item.topK, filter })
      .map(({ record, score }) => presentRecord(record, item, score));
  });
  await count("queries", queries.length);
  return answers.length === 1 ? answers[0] : answers;
};

/** `fetch`: by ids in their order, null for a missing one, or by prefix. */
export const fetchRecords: Command = async ({ store, namespace, body, count }) => {
  const request = parseBody(fetchBody, body);
  const { ids, prefix } = request;
  if ((ids == null) === (prefix == null)) {
    throw new VectorError(422, "Only one of ids or prefix must be provided.");
  }
  const view = store.view(namespace);
  const records = ids
    ? ids.map((id) => view.get(id))
    : view.page({ ordinal: 0, limit: maxByPrefix, prefix: prefix ?? "" }).records;
  await count("reads", records.length);
  return records.map((record) => (record ? presentRecord(record, request) : null));
};

/** `range`: page by page in the order of insertion. */
export const range: Command = async ({ store, namespace, body, count }) => {
  const { cursor, limit, prefix, ...include } = parseBody(rangeBody, body);
  const ordinal = Number(cursor);
  if (!Number.isInteger(ordinal) || ordinal < 0) throw new VectorError(422, `Invalid cursor: ${cursor}`);
  const { records, next } = store.view(namespace).page({ ordinal, limit, prefix: prefix ?? "" });
  await count("reads", records.length);
  return {
    nextCursor: next === undefined ? "" : String(next),
    vectors: records.map((record) => presentRecord(record, include)),
  };
};

/** `info`: sizes and settings. */
export const info: Command = async ({ store, settings }) => {
  const namespaces = [...store.namespaces()];
  const vectorCount = namespaces.reduce((sum, [, view]) => sum + view.size, 0);
  const { dimension, similarityFunction } = settings;
  return {
    vectorCount,
    pendingVectorCount: 0,
    indexSize: vectorCount * (dimension * Float32Array.BYTES_PER_ELEMENT + recordOverheadBytes),
    dimension,
    similarityFunction,
    indexType: "DENSE",
    denseIndex: { dimension, similarityFunction, embeddingModel: "" },
    namespaces: Object.fromEntries(
      namespaces.map(([name, view]) => [name, { vectorCount: view.size, pendingVectorCount: 0 }]),
    ),
  };
};

/** `list-namespaces`: the default one is among them. */
export const listNamespaces: Command = async ({ store }) => [...store.namespaces().keys()];
