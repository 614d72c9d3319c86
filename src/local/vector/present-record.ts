import type { Include, Metadata, VectorRecord } from "./entities.ts";
import { shortestFloat32 } from "./float32.ts";

/** A record as the client sees it: what was not asked for, or is not there, is left out. */
export interface PresentedRecord {
  readonly id: string;
  readonly score?: number;
  readonly vector?: number[];
  readonly sparseVector?: { readonly indices: number[]; readonly values: number[] };
  readonly metadata?: Metadata;
  readonly data?: string;
}

/** Shapes a record for an answer. */
export function presentRecord(record: VectorRecord, include: Include, score?: number): PresentedRecord {
  return {
    id: record.id,
    ...(score !== undefined && { score: shortestFloat32(score) }),
    ...(include.includeVectors && presentVectors(record)),
    ...(include.includeMetadata && record.metadata && { metadata: record.metadata }),
    ...(include.includeData && record.data !== undefined && { data: record.data }),
  };
}

function presentVectors({
  measured,
  sparse,
}: VectorRecord): Pick<PresentedRecord, "vector" | "sparseVector"> {
  return {
    ...(measured && { vector: Array.from(measured.vector, shortestFloat32) }),
    ...(sparse && {
      sparseVector: {
        indices: Array.from(sparse.indices),
        values: Array.from(sparse.values, shortestFloat32),
      },
    }),
  };
}
