import { z } from "zod";

const dimensions = 1536;

/** The one model: a deterministic lexical stand-in, not a language model. */
export const lexicalModel = {
  id: "waybill/lexical-1536",
  name: "Lexical stand-in (no language model)",
  dimensions,
  /** What the report says that a token costs: as text-embedding-3-small, so that local figures resemble real ones. */
  usdPerToken: 0.000_000_02,
} as const;

/** The most texts in one call; the SDK splits what is more. */
const maxTextsPerCall = 2048;

/** The body of `POST /embedding-model`. */
export const embedBody = z.object({
  values: z.array(z.string()).min(1).max(maxTextsPerCall),
  dimensions: z.literal(dimensions).nullish(),
});
