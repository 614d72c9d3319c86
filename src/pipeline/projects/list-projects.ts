import { asc, gt } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import { projects } from "../../db/schema/projects.ts";
import type { ListPage } from "../files/file-view.ts";
import { projectColumns, toProjectView } from "./project-row.ts";
import type { ProjectView } from "./project-view.ts";

const cursorKey = z.tuple([z.string()]);

/** Projects by their slug. @throws WaybillError malformed_request for a cursor of another list */
export async function listProjects(
  { db }: Pick<DbContext, "db">,
  page: PageRequest,
): Promise<ListPage<ProjectView>> {
  const after = parseCursor(cursorKey, page.cursor);
  const found = await db
    .select(projectColumns)
    .from(projects)
    .where(after === null ? undefined : gt(projects.slug, after[0]))
    .orderBy(asc(projects.slug))
    .limit(page.limit + 1);
  const { rows, last } = cutPage(found, page.limit);
  return { items: rows.map(toProjectView), nextCursor: last && formatCursor([last.slug]) };
}
