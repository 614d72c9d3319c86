import { z } from "zod";
import { sparseVectorSchema } from "./sparse/sparse-vector.ts";
import { isStorable, notStorable } from "./storable-text.ts";

/** The most metadata a record may carry, in bytes of JSON. */
const maxMetadataBytes = 48 * 1024;
/** The most data a record may carry, in bytes. */
const maxDataBytes = 1024 * 1024;
/** The most records that one answer gives. */
const maxHits = 1000;
const defaultMaxIdleSec = 3600;

const idSchema = z
  .union([z.string().min(1), z.number()], "must be a string or a number")
  .transform(String)
  .refine(isStorable, notStorable);
const vectorSchema = z
  .custom<number[]>(
    (value) =>
      Array.isArray(value) &&
      value.every((item) => typeof item === "number" && Number.isFinite(Math.fround(item))),
    "must be an array of numbers within the range of float32",
  )
  .transform((numbers) => Float32Array.from(numbers));
const metadataSchema = z
  .record(z.string(), z.unknown())
  .refine(
    (metadata) => Buffer.byteLength(JSON.stringify(metadata)) <= maxMetadataBytes,
    `must not be larger than ${maxMetadataBytes} bytes`,
  );
const dataSchema = z
  .string()
  .refine(isStorable, notStorable)
  .refine((data) => Buffer.byteLength(data) <= maxDataBytes, `must not be larger than ${maxDataBytes} bytes`);
const idsSchema = z.union([z.array(idSchema), idSchema.transform((id) => [id])]);

const vectors = { vector: vectorSchema.nullish(), sparseVector: sparseVectorSchema.nullish() };
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);
const include = { includeMetadata: flag, includeVectors: flag, includeData: flag };
const hits = z.int().min(1).max(maxHits);
const defaultTopK = 10;
const querying = {
  topK: hits.nullish().transform((value) => value ?? defaultTopK),
  filter: z.string().nullish(),
  weightingStrategy: z.enum(["IDF"]).nullish(),
  fusionAlgorithm: z
    .enum(["RRF", "DBSF"])
    .nullish()
    .transform((value) => value ?? "RRF"),
  queryMode: z
    .enum(["HYBRID", "DENSE", "SPARSE"])
    .nullish()
    .transform((value) => value ?? "HYBRID"),
  ...include,
};
const maxIdle = {
  maxIdle: z
    .number()
    .positive()
    .nullish()
    .transform((value) => value ?? defaultMaxIdleSec),
};

// Bodies of the commands. Absent and null are the same; a field that nobody knows is refused.
export const upsertItem = z.strictObject({
  id: idSchema,
  ...vectors,
  metadata: metadataSchema.nullish(),
  data: dataSchema.nullish(),
});
export const upsertDataItem = z.strictObject({
  id: idSchema,
  data: dataSchema,
  metadata: metadataSchema.nullish(),
});
export const updateBody = z.strictObject({
  id: idSchema,
  ...vectors,
  metadata: metadataSchema.nullish(),
  data: dataSchema.nullish(),
  metadataUpdateMode: z
    .enum(["OVERWRITE", "PATCH"])
    .nullish()
    .transform((value) => value ?? "OVERWRITE"),
});
export const queryItem = z.strictObject({ ...vectors, ...querying });
export const queryDataItem = z.strictObject({ data: dataSchema, ...querying });
export const resumableQueryBody = queryItem.extend(maxIdle);
export const resumableQueryDataBody = queryDataItem.extend(maxIdle);
export const resumableNextBody = z.strictObject({ uuid: z.string(), additionalK: hits });
export const resumableEndBody = z.strictObject({ uuid: z.string() });
export const fetchBody = z.strictObject({
  ids: idsSchema.nullish(),
  prefix: z.string().nullish(),
  ...include,
  // The SDK leaves its own option in the body when the namespace is the default one.
  namespace: z.literal("").optional(),
});
export const rangeBody = z.strictObject({
  cursor: z
    .union([z.string(), z.number()])
    .nullish()
    .transform((value) => value ?? ""),
  limit: hits,
  prefix: z.string().nullish(),
  ...include,
});
export const deleteBody = z.strictObject({
  ids: idsSchema.nullish(),
  prefix: z.string().nullish(),
  filter: z.string().nullish(),
});
export const renameBody = z.strictObject({
  namespace: z.string(),
  newNamespace: z.string().refine(isStorable, notStorable),
  deleteExisting: flag,
});
