import { z } from "zod";
import type { SimilarityFunction } from "./similarity.ts";

/** The index that answers at the server's own address, without a path. */
export const defaultIndexName = "default";

/** The dense side of an index. */
interface DenseSettings {
  /** How many numbers a vector has. */
  readonly dimension: number;
  readonly similarityFunction: SimilarityFunction;
  /** What embeds texts; without it the index takes vectors alone. */
  readonly embeddingModel?: "LEXICAL" | undefined;
}

/** The sparse side of an index. */
interface SparseSettings {
  readonly embeddingModel?: "BM25" | undefined;
}

/** What an index is; fixed at creation, as in the real service. It has one side or both. */
export interface IndexSettings {
  readonly name: string;
  readonly dense?: DenseSettings | undefined;
  readonly sparse?: SparseSettings | undefined;
}

/** What the index is called by its sides. */
export type IndexType = "DENSE" | "SPARSE" | "HYBRID";

/** The type of an index. */
export function typeOf({ dense, sparse }: IndexSettings): IndexType {
  if (dense && sparse) return "HYBRID";
  return dense ? "DENSE" : "SPARSE";
}

/** The index of a stack that configures none. */
export const defaultIndex: IndexSettings = {
  name: defaultIndexName,
  dense: { dimension: 1536, similarityFunction: "COSINE" },
};

const maxDimension = 5000;
const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "must be small letters, digits and hyphens, at most 63");
const dense = {
  dimension: z.int().min(1).max(maxDimension),
  similarityFunction: z.enum(["COSINE", "EUCLIDEAN", "DOT_PRODUCT"]).default("COSINE"),
  embeddingModel: z.literal("LEXICAL").optional(),
};
const sparseModel = z.literal("BM25").optional();

const entry = z
  .discriminatedUnion("type", [
    z.strictObject({ name, type: z.literal("DENSE"), ...dense }),
    z.strictObject({ name, type: z.literal("SPARSE"), sparseEmbeddingModel: sparseModel }),
    z.strictObject({ name, type: z.literal("HYBRID"), ...dense, sparseEmbeddingModel: sparseModel }),
  ])
  .transform((index): IndexSettings => {
    const sparse = index.type === "DENSE" ? undefined : { embeddingModel: index.sparseEmbeddingModel };
    if (index.type === "SPARSE") return { name: index.name, sparse };
    const { dimension, similarityFunction, embeddingModel } = index;
    return { name: index.name, dense: { dimension, similarityFunction, embeddingModel }, sparse };
  });

/** The list of indexes as the file holds it. */
export const indexListSchema = z
  .array(entry)
  .refine((list) => new Set(list.map((index) => index.name)).size === list.length, "names must be distinct")
  .refine(
    (list) => list.some((index) => index.name === defaultIndexName),
    `one index must be named "${defaultIndexName}": it answers at the address without a path`,
  );
