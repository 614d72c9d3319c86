import { z } from "zod";

/** What a requeue did. */
export const requeuedSchema = z.object({
  runId: z.string(),
  run: z.number().int().describe("the run's number"),
  round: z.number().int().describe("the run's round: 1 for a new run"),
  steps: z.number().int().describe("how many steps wait to be done; they may plan more"),
});

export type Requeued = z.infer<typeof requeuedSchema>;
