import { eq } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import { projects } from "../../db/schema/projects.ts";
import { WaybillError } from "../../kernel/errors.ts";

/** A project as the pipeline needs it. */
export interface Project {
  readonly id: string;
  readonly slug: string;
  readonly chunkMaxTokens: number;
  readonly chunkOverlapTokens: number;
}

/** The project with this slug. @throws WaybillError project_not_found */
export async function findProject({ db }: Pick<DbContext, "db">, slug: string): Promise<Project> {
  const [project] = await db
    .select({
      id: projects.id,
      slug: projects.slug,
      chunkMaxTokens: projects.chunkMaxTokens,
      chunkOverlapTokens: projects.chunkOverlapTokens,
    })
    .from(projects)
    .where(eq(projects.slug, slug));
  if (project === undefined) throw new WaybillError("project_not_found", { details: { project: slug } });
  return project;
}
