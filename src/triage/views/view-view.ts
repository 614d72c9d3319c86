import { z } from "zod";

/** The pages whose state can be saved: those with a list, by the beginning of their path. */
const page = z
  .string()
  .max(200)
  .regex(/^\/[a-z]+(\/[a-z-]+)*$/, "is a path of the console, as /failures")
  .describe("the path of a page of the console");

/** A saved view. */
export const savedViewSchema = z.object({
  id: z.string(),
  page,
  name: z.string(),
  query: z.string().describe("the page's filters, order and span, as in its address after the question mark"),
  shared: z.boolean(),
  own: z.boolean().describe("whether the caller may change it"),
  by: z.string().describe("the name of whose it is"),
  createdAt: z.string().describe("ISO 8601, UTC"),
});

/** What is to be saved. The same name on the same page replaces what the caller has saved under it. */
export const newViewSchema = z.strictObject({
  page,
  name: z.string().trim().min(1).max(60),
  query: z.string().max(2_000),
  shared: z.boolean().default(false).describe("whether everybody sees it"),
});

/** A saved view, as the API answers. */
export type SavedView = z.infer<typeof savedViewSchema>;
/** What is to be saved. */
export type NewView = z.infer<typeof newViewSchema>;
