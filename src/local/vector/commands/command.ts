import { z } from "zod";
import type { IndexSettings } from "../entities.ts";
import { type Filter, FilterError } from "../filter/filter.ts";
import { parseFilter } from "../filter/parse-filter.ts";
import type { VectorStore } from "../store.ts";
import { notSpoken, VectorError } from "../vector-error.ts";

/** What a command works with. `body` is the parsed JSON, whatever it is. */
export interface CommandInput {
  readonly store: VectorStore;
  readonly settings: IndexSettings;
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
  throw new VectorError(422, z.prettifyError(parsed.error));
}

/** A dense vector of the right length. @throws VectorError when it is missing, too short or sparse */
export function requireVector(
  item: { vector?: Float32Array | null | undefined; sparseVector?: unknown },
  { dimension }: IndexSettings,
): Float32Array {
  if (item.sparseVector !== undefined && item.sparseVector !== null) throw notSpoken("sparse vectors");
  if (!item.vector) throw new VectorError(422, "This index requires dense vectors");
  if (item.vector.length === dimension) return item.vector;
  throw new VectorError(422, `Invalid vector dimension: ${item.vector.length}, expected: ${dimension}`);
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
