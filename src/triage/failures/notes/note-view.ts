import { z } from "zod";

/** What somebody wrote of a failure group. */
export const noteViewSchema = z.object({
  id: z.string(),
  at: z.string(),
  keyId: z.string(),
  keyName: z.string().describe("the key's name as it was then"),
  text: z.string(),
});

export type NoteView = z.infer<typeof noteViewSchema>;

/** The longest note, in characters. */
export const longestNote = 4000;
