import { z } from "zod";

/** A batch of chunks by ordinal, both ends included. */
export const batchInputSchema = z.object({ first: z.number().int().min(0), last: z.number().int().min(0) });
