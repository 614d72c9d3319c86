import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { passGate } from "../costs/budgets/budget-gate.ts";
import type { Db } from "../db/client.ts";
import { files } from "../db/schema/files.ts";
import { projects } from "../db/schema/projects.ts";
import { runs } from "../db/schema/runs.ts";

const previous = alias(runs, "previous");

/** What a worker knows of the run that its step belongs to. */
export type RunFacts = NonNullable<Awaited<ReturnType<typeof lockRun>>>;

/**
 * Reads a run with its file and project, and locks run and file until the transaction ends. Every change of a
 * run's steps and money takes this lock first, so that two commits of one run never interleave or deadlock, and
 * nothing is spent for a file while its budgets' accounts are opened. Passes the budget gate before it locks.
 */
export async function lockRun(tx: Db, runId: string) {
  return (await lockRuns(tx, [runId]))[0];
}

/** As `lockRun`, of several: in the order of their ids, so that two who lock several do not wait for each other. */
export async function lockRuns(tx: Db, runIds: readonly string[]) {
  const rows = await tx
    .select({
      gate: sql`(select ${passGate})::text`,
      runId: runs.id,
      runNumber: runs.number,
      graphVersion: runs.graphVersion,
      settings: runs.settings,
      round: runs.round,
      status: runs.status,
      traceId: runs.traceId,
      rootSpanId: runs.rootSpanId,
      previousTraceId: previous.traceId,
      previousRootSpanId: previous.rootSpanId,
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
    .leftJoin(previous, and(eq(previous.fileId, runs.fileId), eq(previous.number, sql`${runs.number} - 1`)))
    .where(inArray(runs.id, [...runIds]))
    .orderBy(asc(runs.id))
    .for("update", { of: [runs, files] });
  return rows.map(({ gate: _, ...run }) => run);
}

/** True when a run has ended, though one of its steps may still be at work. */
export function hasEnded(run: Pick<RunFacts, "status">): boolean {
  return run.status === "succeeded" || run.status === "failed" || run.status === "cancelled";
}
