import { z } from "zod";

/** A limit in nano-USD, as digits: up to a billion dollars. */
export const limitSchema = z
  .string()
  .regex(/^\d{1,18}$/, "digits of nano-USD")
  .describe("in nano-USD (10⁻⁹ $), as digits");

/** Percentages of a limit, in ascending order and each once. */
export const thresholdsSchema = z
  .array(z.number().int().min(1).max(1000))
  .max(10)
  .transform((percents) => [...new Set(percents)].toSorted((a, b) => a - b))
  .describe("in percent of the limit: at each an alert, once a window");
