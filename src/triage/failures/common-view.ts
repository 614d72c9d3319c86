import { z } from "zod";
import { fileAttributes } from "./file-traits.ts";

/** A trait that is more common among files that failed than among those that succeeded. */
const commonTraitSchema = z.object({
  attribute: z.enum(fileAttributes),
  value: z.string().describe("what the list of the group's files is filtered by"),
  label: z.string(),
  failed: z.number().int().describe("files of the group that have it"),
  failedOf: z.number().int(),
  succeeded: z.number().int().describe("files that succeeded and have it"),
  succeededOf: z.number().int(),
});

/** What the files of a failure group have in common. */
export const commonViewSchema = z.object({
  capped: z.boolean().describe("whether the newest files alone were compared"),
  traits: z.array(commonTraitSchema).describe("the most telling first"),
});

export type CommonTrait = z.infer<typeof commonTraitSchema>;
export type CommonView = z.infer<typeof commonViewSchema>;
