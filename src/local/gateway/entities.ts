import { z } from "zod";
import { dimensions } from "./lexical/word-features.ts";

/** The one model: a deterministic lexical stand-in, not a language model. */
export const lexicalModel = {
  id: "waybill/lexical-1536",
  name: "Lexical stand-in (no language model)",
  dimensions,
} as const;

/** The most texts in one call; the SDK splits what is more. */
const maxTextsPerCall = 2048;

/** The body of `POST /embedding-model`. */
export const embedBody = z.object({
  values: z.array(z.string()).min(1).max(maxTextsPerCall),
  dimensions: z.literal(dimensions).nullish(),
});
