import type { z } from "zod";
import {
  resumableEndBody,
  resumableNextBody,
  resumableQueryBody,
  resumableQueryDataBody,
} from "../bodies.ts";
import type { OpenIndex } from "../open-index.ts";
import { type PresentedRecord, presentRecord } from "../present-record.ts";
import type { ResumableQuery } from "../resumable-queries.ts";
import { type SearchRequest, searchNext } from "../search.ts";
import { type Command, type CommandInput, parseBody } from "./command.ts";
import { dataRequest, vectorRequest } from "./query.ts";

const msPerSec = 1000;

/** `resumable-query`: the first hits of a query, and a uuid to ask for more. */
export const resumableQuery: Command = (input) => {
  const body = parseBody(resumableQueryBody, input.body);
  return begin(input, body, vectorRequest(body, input.index));
};

/** `resumable-query-data`: the same by a text. */
export const resumableQueryData: Command = (input) => {
  const body = parseBody(resumableQueryDataBody, input.body);
  return begin(input, body, dataRequest(body, input.index));
};

/** `resumable-query-next`: the hits after those that were given. */
export const resumableQueryNext: Command = async ({ index, body, count }) => {
  const { uuid, additionalK } = parseBody(resumableNextBody, body);
  const hits = advance(index, index.resumable.resume(uuid), additionalK);
  await count("queries", 1);
  return hits;
};

/** `resumable-query-end`: forgets the query. */
export const resumableQueryEnd: Command = async ({ index, body }) => {
  index.resumable.end(parseBody(resumableEndBody, body).uuid);
  return "Success";
};

async function begin(
  { index, namespace, count }: CommandInput,
  body: z.output<typeof resumableQueryBody> | z.output<typeof resumableQueryDataBody>,
  request: SearchRequest,
): Promise<{ uuid: string; scores: PresentedRecord[] }> {
  const query: ResumableQuery = { namespace, request, include: body, given: new Set() };
  const scores = advance(index, query, body.topK);
  await count("queries", 1);
  return { uuid: index.resumable.start(query, body.maxIdle * msPerSec), scores };
}

function advance({ settings, store }: OpenIndex, query: ResumableQuery, count: number): PresentedRecord[] {
  const { request, include, given } = query;
  const hits = searchNext({ namespace: store.view(query.namespace), settings, request, given, count });
  for (const { record } of hits) given.add(record.id);
  return hits.map(({ record, score }) => presentRecord(record, include, score));
}
