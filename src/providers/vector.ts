import { Index } from "@upstash/vector";
import { attr, spanNames } from "../telemetry/names.ts";
import type { SpanScope } from "../telemetry/span-scope.ts";
import { providerFault } from "./provider-fault.ts";
import { createVectorRequester, VectorAnswerError } from "./vector-requester.ts";

/** What is kept beside a vector, so that a hit can be shown without a look into the database. */
type VectorMetadata = {
  readonly fileId: string;
  readonly runId: string;
  readonly fileName: string;
  readonly ordinal: number;
  readonly firstPage: number;
  readonly lastPage: number;
  readonly headingPath: readonly string[];
};

/** A vector of the index. */
interface VectorRecord {
  readonly id: string;
  readonly vector: readonly number[];
  readonly metadata: VectorMetadata;
}

/** A vector that a query found. */
export interface VectorHit {
  readonly id: string;
  readonly score: number;
}

/** A vector of a list, with what its metadata say of its file; null where they say nothing. */
interface ListedVector {
  readonly id: string;
  readonly fileId: string | null;
  readonly fileName: string | null;
}

/** The index of all projects; each project is a namespace. Every call throws WaybillError provider_*. */
export interface VectorIndex {
  /** Writes records whole; the same id is replaced. */
  upsert(span: SpanScope, namespace: string, records: readonly VectorRecord[]): Promise<void>;
  /** @returns how many were there to delete */
  remove(span: SpanScope, namespace: string, ids: readonly string[]): Promise<number>;
  query(
    span: SpanScope,
    namespace: string,
    input: { vector: readonly number[]; topK: number },
  ): Promise<VectorHit[]>;
  /** A page of a namespace's vectors in the index's own order; `cursor` begins with "0", null at the end. */
  list(
    namespace: string,
    page: { cursor: string; limit: number },
  ): Promise<{ vectors: ListedVector[]; cursor: string | null }>;
  /** Which of these ids the index has. */
  present(namespace: string, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** What the index holds: bytes in all, metadata among them, and vectors by namespace. */
  size(): Promise<{ bytes: number; vectors: Map<string, number> }>;
}

/** How many ids one delete call names. */
const deleteBatch = 1000;

/** How many ids one look-up names. */
const fetchBatch = 500;

/** A client of Upstash Vector. */
export function createVectorProvider(config: { url: string; token: string }): VectorIndex {
  const index = new Index<VectorMetadata>(createVectorRequester(config));
  const attributes = (operation: string, namespace: string, count: number) => ({
    [attr.provider]: "vector",
    [attr.dbSystem]: "upstash_vector",
    [attr.dbOperation]: operation,
    [attr.dbNamespace]: namespace,
    [attr.vectorCount]: count,
  });
  return {
    upsert(span, namespace, records) {
      const options = {
        kind: "client",
        attributes: attributes("upsert", namespace, records.length),
      } as const;
      return span.child(spanNames.vectorUpsert, options, async () => {
        const batch = records.map((record) => ({
          id: record.id,
          vector: [...record.vector],
          metadata: record.metadata,
        }));
        await speak(() => index.upsert(batch, { namespace }));
      });
    },
    remove(span, namespace, ids) {
      const options = { kind: "client", attributes: attributes("delete", namespace, ids.length) } as const;
      return span.child(spanNames.vectorDelete, options, async () => {
        let deleted = 0;
        for (let from = 0; from < ids.length; from += deleteBatch) {
          const batch = ids.slice(from, from + deleteBatch);
          deleted += (await speak(() => index.delete(batch, { namespace }))).deleted;
        }
        return deleted;
      });
    },
    query(span, namespace, { vector, topK }) {
      const options = { kind: "client", attributes: attributes("query", namespace, topK) } as const;
      return span.child(spanNames.vectorQuery, options, async (scope) => {
        const hits = await speak(() => index.query({ vector: [...vector], topK }, { namespace }));
        scope.set({ [attr.vectorCount]: hits.length });
        return hits.map((hit) => ({ id: String(hit.id), score: hit.score }));
      });
    },
    async list(namespace, { cursor, limit }) {
      const page = await speak(() =>
        index.namespace(namespace).range({ cursor, limit, includeMetadata: true }),
      );
      const vectors = page.vectors.map(({ id, metadata }) => ({
        id: String(id),
        fileId: metadata?.fileId ?? null,
        fileName: metadata?.fileName ?? null,
      }));
      return { vectors, cursor: page.nextCursor === "" ? null : page.nextCursor };
    },
    async present(namespace, ids) {
      const present = new Set<string>();
      for (let from = 0; from < ids.length; from += fetchBatch) {
        const batch = ids.slice(from, from + fetchBatch);
        const found = await speak(() => index.namespace(namespace).fetch(batch));
        for (const vector of found) if (vector !== null) present.add(String(vector.id));
      }
      return present;
    },
    async size() {
      const { indexSize, namespaces } = await speak(() => index.info());
      const counts = Object.entries(namespaces).map(([name, { vectorCount }]): [string, number] => [
        name,
        vectorCount,
      ]);
      return { bytes: indexSize, vectors: new Map(counts) };
    },
  };
}

async function speak<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof VectorAnswerError)) throw providerFault("vector", undefined, error);
    throw providerFault("vector", error.status, error, error.retryAfterSec);
  }
}
