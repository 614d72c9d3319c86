import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { formatCursor, parseCursor } from "../../db/cursor.ts";
import { files } from "../../db/schema/files.ts";
import { projects } from "../../db/schema/projects.ts";
import type { ReconciliationContext } from "./context.ts";
import type { StagePage } from "./finding.ts";
import { missingVectors } from "./missing-vectors.ts";

/** The index is asked for all vectors of these. */
const pageSize = 50;
const place = z.tuple([z.string(), z.string()]);

/** Looks through the files that are done for those whose vectors the index lacks, project by project. */
export async function checkFiles(ctx: ReconciliationContext, position: string | null): Promise<StagePage> {
  const after = parseCursor(place, position);
  const rows = await readDone(ctx, after);
  const findings = [];
  for (const [namespace, of] of Map.groupBy(rows, ({ namespace }) => namespace)) {
    const names = new Map(of.map(({ fileId, name }) => [fileId, name]));
    const lacking = await missingVectors(ctx, namespace, [...names.keys()]);
    for (const { fileId, ...facts } of lacking) {
      findings.push({
        class: "done-without-vectors" as const,
        subject: fileId,
        fileId,
        facts: { ...facts, file: names.get(fileId) ?? null, project: namespace },
      });
    }
  }
  const last = rows.length < pageSize ? undefined : rows.at(-1);
  return { read: rows.length, findings, position: last ? formatCursor([last.projectId, last.fileId]) : null };
}

function readDone({ db }: ReconciliationContext, after: readonly [string, string] | null) {
  return db
    .select({ fileId: files.id, projectId: files.projectId, name: files.name, namespace: projects.slug })
    .from(files)
    .innerJoin(projects, eq(projects.id, files.projectId))
    .where(
      and(
        eq(files.status, "succeeded"),
        after === null ? undefined : sql`(${files.projectId}, ${files.id}) > (${after[0]}, ${after[1]})`,
      ),
    )
    .orderBy(asc(files.projectId), asc(files.id))
    .limit(pageSize);
}
