import { z } from "zod";
import { fileStatuses } from "../files/file-view.ts";

/** What an id can name. */
const foundKinds = [
  "file",
  "run",
  "step",
  "attempt",
  "message",
  "trace",
  "span",
  "chunk",
  "content",
  "upload",
  "name",
] as const;

/** A place in a file that an id or a name leads to. */
const foundPlaceSchema = z.object({
  fileId: z.string(),
  fileName: z.string(),
  project: z.string().describe("slug"),
  status: z.enum(fileStatuses).describe("of the file"),
  what: z.enum(foundKinds),
  run: z.number().int().nullable().describe("the run's number"),
  step: z.string().nullable(),
  spanId: z.string().nullable(),
});

/** The places, best first; there are no further ones. */
export const foundPlacesSchema = z.array(foundPlaceSchema);

export type FoundPlace = z.infer<typeof foundPlaceSchema>;
