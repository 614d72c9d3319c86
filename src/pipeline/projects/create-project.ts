import type { DbContext } from "../../db/context.ts";
import { projects } from "../../db/schema/projects.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { projectColumns, toProjectView } from "./project-row.ts";
import type { NewProject, ProjectView } from "./project-view.ts";

/**
 * Makes a project; its name is the slug unless one is given.
 * @throws WaybillError project_exists, or malformed_request when the overlap leaves no room in a chunk
 */
export async function createProject(ctx: DbContext, input: NewProject): Promise<ProjectView> {
  const now = ctx.clock.now();
  return ctx.db.transaction(async (tx) => {
    const [made] = await tx
      .insert(projects)
      .values({
        id: newId("proj", now),
        slug: input.slug,
        name: input.name ?? input.slug,
        ...(input.chunkMaxTokens !== undefined && { chunkMaxTokens: input.chunkMaxTokens }),
        ...(input.chunkOverlapTokens !== undefined && { chunkOverlapTokens: input.chunkOverlapTokens }),
        createdAt: now,
      })
      .onConflictDoNothing({ target: projects.slug })
      .returning(projectColumns);
    if (made === undefined) throw new WaybillError("project_exists", { details: { project: input.slug } });
    // Looked at after the insert, which knows the defaults of what was left out.
    if (made.chunkOverlapTokens * 2 > made.chunkMaxTokens) {
      throw new WaybillError("malformed_request", {
        message: "The overlap may be at most half of a chunk.",
        details: { chunkOverlapTokens: made.chunkOverlapTokens, chunkMaxTokens: made.chunkMaxTokens },
      });
    }
    return toProjectView(made);
  });
}
