import { inArray } from "drizzle-orm";
import type { DbContext } from "../db/context.ts";
import { projects } from "../db/schema/projects.ts";

/** The slugs of projects, by their ids. */
export async function projectSlugs(
  { db }: Pick<DbContext, "db">,
  ids: readonly (string | null)[],
): Promise<Map<string, string>> {
  const known = ids.filter((id) => id !== null);
  if (known.length === 0) return new Map();
  const found = await db
    .select({ id: projects.id, slug: projects.slug })
    .from(projects)
    .where(inArray(projects.id, known));
  return new Map(found.map(({ id, slug }) => [id, slug]));
}
