import { z } from "zod";

/** One block of a page. */
const pageBlockSchema = z.object({
  kind: z.enum(["heading", "paragraph", "list", "table", "code"]),
  level: z.number().int().nullable().describe("of a heading, from 1"),
  text: z.string(),
  tokens: z.number().int(),
});

/** A page as it was extracted; a document without pages is the one page 1. */
export const pageViewSchema = z.object({
  page: z.number().int(),
  tokens: z.number().int(),
  blocks: z.array(pageBlockSchema),
  hasPicture: z.boolean().describe("whether `/picture` below the page has one"),
});

export type PageBlockView = z.infer<typeof pageBlockSchema>;
export type PageView = z.infer<typeof pageViewSchema>;
