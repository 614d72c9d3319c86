import { projects } from "../../db/schema/projects.ts";
import type { ProjectView } from "./project-view.ts";

/** The columns that a project's view is made of. */
export const projectColumns = {
  slug: projects.slug,
  name: projects.name,
  chunkMaxTokens: projects.chunkMaxTokens,
  chunkOverlapTokens: projects.chunkOverlapTokens,
  createdAt: projects.createdAt,
};

/** A row of `projectColumns` as the API shows it. */
export function toProjectView(row: Omit<ProjectView, "createdAt"> & { createdAt: Date }): ProjectView {
  return { ...row, createdAt: row.createdAt.toISOString() };
}
