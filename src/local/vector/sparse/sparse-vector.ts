import { z } from "zod";

/** Most dimensions of a sparse vector that may carry a value, as in the real service. */
export const maxSparseDimensions = 1000;

/** A vector of few dimensions: which ones, and their values. Both arrays have one length. */
export interface SparseVector {
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

const float32Schema = z
  .number()
  .refine((value) => Number.isFinite(Math.fround(value)), "must be within the range of float32");

/** A sparse vector as a body carries it. */
export const sparseVectorSchema = z
  .strictObject({ indices: z.array(z.int32()), values: z.array(float32Schema) })
  .superRefine(({ indices, values }, context) => {
    const refuse = (message: string) => context.addIssue({ code: "custom", message });
    if (indices.length !== values.length) refuse("indices and values must have the same length");
    if (indices.length > maxSparseDimensions)
      refuse(`a sparse vector must not have more than ${maxSparseDimensions} dimensions`);
    if (new Set(indices).size !== indices.length) refuse("indices must be distinct");
  })
  .transform(
    ({ indices, values }): SparseVector => ({
      indices: Int32Array.from(indices),
      values: Float32Array.from(values),
    }),
  );

/** A sparse vector as one binary value: the indices, then the values. */
export function sparseToBytes({ indices, values }: SparseVector): Buffer {
  return Buffer.concat([bytesOf(indices), bytesOf(values)]);
}

/** What `sparseToBytes` has made, back again. */
export function sparseFromBytes(bytes: Uint8Array): SparseVector {
  // Copied, because the driver's buffer need not be aligned to four bytes.
  const { buffer } = new Uint8Array(bytes);
  const half = buffer.byteLength / 2;
  return { indices: new Int32Array(buffer, 0, half / 4), values: new Float32Array(buffer, half) };
}

function bytesOf(numbers: Int32Array | Float32Array): Buffer {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
