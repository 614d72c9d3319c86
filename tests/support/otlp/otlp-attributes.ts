import { z } from "zod";

const value = z.union([
  z.object({ stringValue: z.string() }).transform((of) => of.stringValue),
  z.object({ boolValue: z.boolean() }).transform((of) => of.boolValue),
  z.object({ intValue: z.coerce.number() }).transform((of) => of.intValue),
  z.object({ doubleValue: z.number() }).transform((of) => of.doubleValue),
]);
/** Attributes as OTLP/JSON writes them, as one object. */
export const attributes = z
  .array(z.object({ key: z.string(), value }))
  .transform((pairs) => Object.fromEntries(pairs.map((pair) => [pair.key, pair.value])));
