import { z } from "zod";
import type { Vectors } from "../embedding/embed-text.ts";
import { type Filter, FilterError } from "../filter/filter.ts";
import { parseFilter } from "../filter/parse-filter.ts";
import type { IndexSettings } from "../index-settings.ts";
import type { OpenIndex } from "../open-index.ts";
import type { SparseVector } from "../sparse/sparse-vector.ts";
import { VectorError } from "../vector-error.ts";

/** What a command works with. `body` is the parsed JSON, whatever it is. */
export interface CommandInput {
  readonly index: OpenIndex;
  readonly namespace: string;
  readonly body: unknown;
  /** Whether the address carried `?all`. */
  readonly all: boolean;
  /** Counts what the real service would charge for. */
  count(meter: "writes" | "queries" | "reads", amount: number): Promise<void>;
}

/** Performs a command and gives the value of `result`. @throws VectorError */
export type Command = (input: CommandInput) => Promise<unknown>;

/** Reads a body. @throws VectorError 422 that names the field */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${z.core.toDotPath(path)}: ${message}`,
  );
  throw new VectorError(422, `Invalid request body: ${problems.join("; ")}`);
}

/** Reads a body of one item or of several. @throws VectorError 422 that names the field */
export function parseItems<Schema extends z.ZodType>(item: Schema, body: unknown): z.output<Schema>[] {
  return Array.isArray(body) ? parseBody(z.array(item).min(1), body) : [parseBody(item, body)];
}

/** The vectors of a body, where absent and null are the same. */
interface GivenVectors {
  readonly vector?: Float32Array | null | undefined;
  readonly sparseVector?: SparseVector | null | undefined;
}

/** The vectors of a record: those that the index requires, and no other. @throws VectorError 422 */
export function requireVectors(given: GivenVectors, settings: IndexSettings): Vectors {
  const vectors = acceptVectors(given, settings);
  if (settings.dense && !vectors.dense) throw new VectorError(422, "This index requires dense vectors");
  if (settings.sparse && !vectors.sparse) throw new VectorError(422, "This index requires sparse vectors");
  return vectors;
}

/** The vectors that are given, which the index must know. @throws VectorError 422 */
export function acceptVectors(given: GivenVectors, { dense, sparse }: IndexSettings): Vectors {
  const vectors = { dense: given.vector ?? undefined, sparse: given.sparseVector ?? undefined };
  if (vectors.sparse && !sparse) throw misplaced("sparse", vectors.dense ? undefined : "dense");
  if (vectors.dense && !dense) throw misplaced("dense", vectors.sparse ? undefined : "sparse");
  if (!vectors.dense || !dense || vectors.dense.length === dense.dimension) return vectors;
  const { length } = vectors.dense;
  throw new VectorError(422, `Invalid vector dimension: ${length}, expected: ${dense.dimension}`);
}

function misplaced(given: string, missing: string | undefined): VectorError {
  const problem = missing === undefined ? `does not accept ${given}` : `requires ${missing}`;
  return new VectorError(422, `This index ${problem} vectors`);
}

/** Reads a filter; none for an empty text. @throws VectorError 400 with the position */
export function readFilter(text: string | null | undefined): Filter | undefined {
  if (!text) return undefined;
  try {
    return parseFilter(text);
  } catch (error) {
    if (error instanceof FilterError) throw new VectorError(400, error.message);
    throw error;
  }
}
