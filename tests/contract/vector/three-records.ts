import type { IndexKind } from "./target.ts";

/** A sparse index without a model. */
export const sparseKind: IndexKind = { sparse: {} };
/** A hybrid index of two dimensions without models. */
export const hybridKind: IndexKind = { dense: { dimension: 2, similarityFunction: "COSINE" }, sparse: {} };

/** Three sparse records of which each shares a dimension with the next. */
export const sparseRecords: {
  id: string;
  sparseVector: { indices: number[]; values: number[] };
  metadata?: Record<string, unknown>;
  data?: string;
}[] = [
  { id: "id0", sparseVector: { indices: [0, 1], values: [0.1, 0.2] } },
  { id: "id1", sparseVector: { indices: [1, 2], values: [0.2, 0.3] }, metadata: { key: "value" } },
  {
    id: "id2",
    sparseVector: { indices: [2, 3], values: [0.3, 0.4] },
    metadata: { key: "value" },
    data: "data",
  },
];

const denseVectors = [
  [0.1, 0.2],
  [0.2, 0.3],
  [0.3, 0.4],
];
/** The same with dense vectors. */
export const hybridRecords = sparseRecords.map((record, at) => ({
  ...record,
  vector: denseVectors[at] ?? [],
}));

/** Asks for everything that a record has. */
export const includeAll = { includeVectors: true, includeMetadata: true, includeData: true };
