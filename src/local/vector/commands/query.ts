import type { z } from "zod";
import { queryDataItem, queryItem } from "../bodies.ts";
import type { Vectors } from "../embedding/embed-text.ts";
import type { OpenIndex } from "../open-index.ts";
import { presentRecord } from "../present-record.ts";
import { type SearchRequest, search } from "../search.ts";
import { VectorError } from "../vector-error.ts";
import { acceptVectors, type Command, type CommandInput, parseItems, readFilter } from "./command.ts";

type QueryItem = z.output<typeof queryItem>;
type QueryDataItem = z.output<typeof queryDataItem>;

/** `query`: the best records by their vectors, exactly. One query answers flat, several nested. */
export const query: Command = (input) =>
  answer(
    input,
    parseItems(queryItem, input.body).map((item) => ({ item, request: vectorRequest(item, input.index) })),
  );

/** `query-data`: the same by a text, which the index embeds. */
export const queryData: Command = (input) =>
  answer(
    input,
    parseItems(queryDataItem, input.body).map((item) => ({ item, request: dataRequest(item, input.index) })),
  );

/** What a query by vectors searches for. A hybrid index is searched on the sides that are given. */
export function vectorRequest(item: QueryItem, { settings }: OpenIndex): SearchRequest {
  const { dense, sparse } = acceptVectors(item, settings);
  const both = dense && sparse;
  const vectors = {
    dense: both && item.queryMode === "SPARSE" ? undefined : dense,
    sparse: both && item.queryMode === "DENSE" ? undefined : sparse,
  };
  if (!vectors.dense && !vectors.sparse) {
    const side = settings.dense ? "dense" : "sparse";
    const sides = settings.dense && settings.sparse ? "dense or sparse" : side;
    throw new VectorError(422, `This index requires ${sides} vectors`);
  }
  return toRequest(item, vectors);
}

/** What a query by a text searches for. @throws VectorError 422 when the index has no model */
export function dataRequest(item: QueryDataItem, { embedder }: OpenIndex): SearchRequest {
  return toRequest(item, embedder.query(item.data, item.queryMode));
}

function toRequest(item: QueryItem | QueryDataItem, vectors: Vectors): SearchRequest {
  return {
    vectors,
    filter: readFilter(item.filter),
    weighting: item.weightingStrategy ?? undefined,
    fusion: item.fusionAlgorithm,
  };
}

async function answer(
  { index, namespace, count }: CommandInput,
  queries: readonly { item: QueryItem | QueryDataItem; request: SearchRequest }[],
): Promise<unknown> {
  const { settings, store } = index;
  const answers = queries.map(({ item, request }) =>
    search({ namespace: store.view(namespace), settings, request, topK: item.topK }).map(
      ({ record, score }) => presentRecord(record, item, score),
    ),
  );
  await count("queries", queries.length);
  return answers.length === 1 ? answers[0] : answers;
}
