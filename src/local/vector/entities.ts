import type { Measured } from "./similarity.ts";
import type { SparseVector } from "./sparse/sparse-vector.ts";

/** A stored record. */
export interface VectorRecord {
  readonly id: string;
  /** Its place in the order of insertion, which `range` follows. */
  readonly ordinal: number;
  /** Its dense vector, a view that changes when the record goes; undefined in a sparse index. */
  readonly measured: Measured | undefined;
  /** Its sparse vector; undefined in a dense index. */
  readonly sparse: SparseVector | undefined;
  readonly metadata: Metadata | undefined;
  readonly data: string | undefined;
}

/** A record as it is written; the store gives it its place. */
export type NewRecord = Omit<VectorRecord, "ordinal">;

/** Any JSON object. */
export type Metadata = Readonly<Record<string, unknown>>;

/** Which optional fields an answer carries. */
export interface Include {
  readonly includeMetadata: boolean;
  readonly includeVectors: boolean;
  readonly includeData: boolean;
}
