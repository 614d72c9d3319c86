import type { Include, Metadata, VectorRecord } from "./entities.ts";
import { shortestFloat32 } from "./float32.ts";

/** A record as the client sees it: what was not asked for, or is not there, is left out. */
export interface PresentedRecord {
  readonly id: string;
  readonly score?: number;
  readonly vector?: number[];
  readonly metadata?: Metadata;
  readonly data?: string;
}

/** Shapes a record for an answer. */
export function presentRecord(record: VectorRecord, include: Include, score?: number): PresentedRecord {
  return {
    id: record.id,
    ...(score !== undefined && { score: shortestFloat32(score) }),
    ...(include.includeVectors && { vector: Array.from(record.measured.vector, shortestFloat32) }),
    ...(include.includeMetadata && record.metadata && { metadata: record.metadata }),
    ...(include.includeData && record.data !== undefined && { data: record.data }),
  };
}
