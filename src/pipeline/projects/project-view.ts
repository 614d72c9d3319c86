import { z } from "zod";

/** A project as the API shows it; named by its slug. */
export const projectViewSchema = z.object({
  slug: z.string(),
  name: z.string(),
  chunkMaxTokens: z.number().int(),
  chunkOverlapTokens: z.number().int(),
  createdAt: z.string(),
});

/** What a new project needs. */
export const newProjectSchema = z.object({
  slug: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9-]{0,62}$/,
      "Use lower-case letters, digits and hyphens, at most 63, beginning with a letter or digit.",
    ),
  name: z.string().trim().min(1).max(120).optional(),
  chunkMaxTokens: z.number().int().min(50).max(8000).optional(),
  chunkOverlapTokens: z.number().int().min(0).max(1000).optional(),
});

export type ProjectView = z.infer<typeof projectViewSchema>;
export type NewProject = z.infer<typeof newProjectSchema>;
