import { eq } from "drizzle-orm";
import type { Db } from "../db/client.ts";
import { files } from "../db/schema/files.ts";
import { projects } from "../db/schema/projects.ts";
import { runs } from "../db/schema/runs.ts";

/** What a worker knows of the run that its step belongs to. */
export type RunFacts = NonNullable<Awaited<ReturnType<typeof lockRun>>>;

/**
 * Reads a run with its file and project, and locks the run until the transaction ends. Every change of a
 * run's steps and money takes this lock first, so that two commits of one run never interleave or deadlock.
 */
export async function lockRun(tx: Db, runId: string) {
  const [row] = await tx
    .select({
      runId: runs.id,
      runNumber: runs.number,
      graphVersion: runs.graphVersion,
      settings: runs.settings,
      status: runs.status,
      traceId: runs.traceId,
      rootSpanId: runs.rootSpanId,
      createdAt: runs.createdAt,
      fileId: files.id,
      fileName: files.name,
      contentHash: files.contentHash,
      bytes: files.bytes,
      mediaType: files.mediaType,
      blobUrl: files.blobUrl,
      projectId: projects.id,
      projectSlug: projects.slug,
    })
    .from(runs)
    .innerJoin(files, eq(files.id, runs.fileId))
    .innerJoin(projects, eq(projects.id, files.projectId))
    .where(eq(runs.id, runId))
    .for("update", { of: runs });
  return row;
}
