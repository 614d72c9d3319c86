import { z } from "zod";
import type { Measured, SimilarityFunction } from "./similarity.ts";

/** The most metadata a record may carry, in bytes of JSON. */
const maxMetadataBytes = 48 * 1024;
/** The most data a record may carry, in bytes. */
const maxDataBytes = 1024 * 1024;

/** What the index is; fixed at creation, as in the real service. */
export interface IndexSettings {
  readonly dimension: number;
  readonly similarityFunction: SimilarityFunction;
}

/** A stored record. */
export interface VectorRecord {
  readonly id: string;
  /** Its place in the order of insertion, which `range` follows. */
  readonly ordinal: number;
  readonly measured: Measured;
  readonly metadata: Metadata | undefined;
  readonly data: string | undefined;
}

/** A record as it is written; the store gives it its place. */
export type NewRecord = Omit<VectorRecord, "ordinal">;

/** Any JSON object. */
export type Metadata = Readonly<Record<string, unknown>>;

const idSchema = z
  .union([z.string().min(1), z.number()], "id must be a string or a number")
  .transform(String);
const vectorSchema = z
  .custom<number[]>(
    (value) =>
      Array.isArray(value) && value.every((item) => typeof item === "number" && Number.isFinite(item)),
    "vector must be an array of numbers",
  )
  .transform((numbers) => Float32Array.from(numbers));
const metadataSchema = z
  .record(z.string(), z.unknown())
  .refine(
    (metadata) => Buffer.byteLength(JSON.stringify(metadata)) <= maxMetadataBytes,
    `metadata must not be larger than ${maxMetadataBytes} bytes`,
  );
const dataSchema = z
  .string()
  .refine(
    (data) => Buffer.byteLength(data) <= maxDataBytes,
    `data must not be larger than ${maxDataBytes} bytes`,
  );
const idsSchema = z.union([z.array(idSchema), idSchema.transform((id) => [id])]);
const include = {
  includeMetadata: z.boolean().default(false),
  includeVectors: z.boolean().default(false),
  includeData: z.boolean().default(false),
};
/** One or several: an object is taken as an array of one. */
const oneOrMany = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((body) => (Array.isArray(body) ? body : [body]), z.array(item).min(1));

/** Bodies of the commands. Absent and null are the same. */
export const upsertBody = oneOrMany(
  z.object({
    id: idSchema,
    vector: vectorSchema.nullish(),
    sparseVector: z.unknown().optional(),
    metadata: metadataSchema.nullish(),
    data: dataSchema.nullish(),
  }),
);
export const updateBody = z.object({
  id: idSchema,
  vector: vectorSchema.nullish(),
  sparseVector: z.unknown().optional(),
  metadata: metadataSchema.nullish(),
  data: dataSchema.nullish(),
  metadataUpdateMode: z.enum(["OVERWRITE", "PATCH"]).default("OVERWRITE"),
});
export const queryBody = oneOrMany(
  z.object({
    vector: vectorSchema.nullish(),
    sparseVector: z.unknown().optional(),
    topK: z.number().int().min(1).max(1000).default(10),
    filter: z.string().nullish(),
    ...include,
  }),
);
export const fetchBody = z.union([
  z.array(idSchema).transform((ids) => ({
    ids,
    prefix: undefined,
    includeMetadata: false,
    includeVectors: false,
    includeData: false,
  })),
  z.object({ ids: idsSchema.nullish(), prefix: z.string().nullish(), ...include }),
]);
export const rangeBody = z.object({
  cursor: z.union([z.string(), z.number()]).default(""),
  limit: z.number().int().min(1).max(1000),
  prefix: z.string().nullish(),
  ...include,
});
export const deleteBody = z.union([
  z.array(idSchema).transform((ids) => ({ ids, prefix: undefined, filter: undefined })),
  z.object({ ids: idsSchema.nullish(), prefix: z.string().nullish(), filter: z.string().nullish() }),
]);

/** Which optional fields an answer carries. */
export interface Include {
  readonly includeMetadata: boolean;
  readonly includeVectors: boolean;
  readonly includeData: boolean;
}
