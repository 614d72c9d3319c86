import { z } from "zod";
import { meters } from "../../telemetry/names.ts";

const quarterHourMs = 15 * 60_000;

/** A price that is to be added: `nanoUsd` for `perUnits` units. */
export const newPriceSchema = z.object({
  meter: z.enum(meters),
  provider: z.string().trim().min(1).max(60),
  model: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .describe("the model, or `*` for all that have no price of their own"),
  nanoUsd: z
    .string()
    .regex(/^\d{1,18}$/, "is a string of digits: nano-USD")
    .transform(BigInt),
  perUnits: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  effectiveFrom: z.coerce.date(),
  source: z.string().trim().min(1).max(500).describe("where the price was read"),
  seenOn: z.iso.date().describe("when it was read"),
  confidence: z.enum(["high", "medium", "low"]),
});

/** A price that is to be added. */
export type NewPrice = z.output<typeof newPriceSchema>;

/**
 * Whether a price that begins in the past begins on a quarter hour, as sums by time do: so that what its
 * correction will change can be told from them.
 */
export function beginsWell(price: NewPrice, now: Date): boolean {
  return price.effectiveFrom >= now || price.effectiveFrom.getTime() % quarterHourMs === 0;
}
