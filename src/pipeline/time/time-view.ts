import { z } from "zod";

const what = {
  kind: z.enum(["work", "queue", "backoff", "flow-control", "held", "siblings", "unexplained"]),
  step: z.string().nullable(),
  reason: z
    .string()
    .nullable()
    .describe("an error code, a flow key, a step that was waited for, or upload, lost, requeue"),
};

/** Where the time of a run went. Times are ms; points in time are ms since the epoch. */
export const fileTimeSchema = z.object({
  run: z.number().int(),
  startMs: z.number().int(),
  endMs: z.number().int().describe("when the run ended; now, while it is on its way"),
  finished: z.boolean(),
  wallMs: z.number().int().describe("the sum of all parts"),
  parts: z.array(z.object({ ...what, ms: z.number().int(), spanIds: z.array(z.string()).optional() })),
  intervals: z.array(z.object({ ...what, startMs: z.number().int(), endMs: z.number().int() })),
  criticalPath: z.array(
    z.object({
      stepId: z.string(),
      name: z.string(),
      shard: z.number().int(),
      spanIds: z.array(z.string()).describe("of its attempts on the path, from the first to the last"),
    }),
  ),
});

export type FileTime = z.infer<typeof fileTimeSchema>;
