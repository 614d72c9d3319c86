import { z } from "zod";

/** One side of a split. */
const sideSchema = z.object({
  failures: z.number().int(),
  files: z.number().int().describe("a file may be on both sides"),
  sentences: z.array(z.string()).describe("a few of its sentences"),
});

/** What a split would do. */
export const splitPreviewSchema = z.object({ moving: sideSchema, staying: sideSchema });

export type SplitPreview = z.infer<typeof splitPreviewSchema>;

/** The shortest part of a sentence by which a group is split, in characters. */
export const shortestPart = 3;

/** The longest. */
export const longestPart = 500;
