import { asc, gte } from "drizzle-orm";
import { z } from "zod";
import { formatCursor, parseCursor } from "../../db/cursor.ts";
import { projects } from "../../db/schema/projects.ts";
import type { ReconciliationContext } from "./context.ts";
import type { StagePage } from "./finding.ts";
import { ownedVectors } from "./owned-vectors.ts";

const pageSize = 500;
const place = z.tuple([z.string(), z.string()]);

/** Looks through the vectors of each project for those that no chunk of a file has. */
export async function checkVectors(ctx: ReconciliationContext, position: string | null): Promise<StagePage> {
  const [slug, cursor] = parseCursor(place, position) ?? ["", "0"];
  const [project, next] = await ctx.db
    .select({ id: projects.id, slug: projects.slug })
    .from(projects)
    .where(gte(projects.slug, slug))
    .orderBy(asc(projects.slug))
    .limit(2);
  if (project === undefined) return { read: 0, findings: [], position: null };
  const from = project.slug === slug ? cursor : "0";
  const page = await ctx.vector.list(project.slug, { cursor: from, limit: pageSize });
  const ids = page.vectors.map(({ id }) => id);
  const owned = await ownedVectors(ctx.db, project.id, ids);
  const suspects = page.vectors.filter(({ id }) => !owned.has(id));
  // Those that finalize removed and forgot between the two readings are no finding.
  const present = await ctx.vector.present(
    project.slug,
    suspects.map(({ id }) => id),
  );
  const findings = suspects
    .filter(({ id }) => present.has(id))
    .map(({ id, fileId, fileName }) => ({
      class: "vectors-without-owner" as const,
      subject: id,
      fileId,
      facts: { project: project.slug, file: fileName },
    }));
  const goesOn =
    page.cursor === null ? next && formatCursor([next.slug, "0"]) : formatCursor([project.slug, page.cursor]);
  return { read: ids.length, findings, position: goesOn ?? null };
}
