import { and, eq } from "drizzle-orm";
import { recordEntries } from "../../costs/record-entries.ts";
import type { Db } from "../../db/client.ts";
import { files } from "../../db/schema/files.ts";
import { runs } from "../../db/schema/runs.ts";
import type { JobsContext } from "../../jobs/context.ts";
import { publishQuietly } from "../../jobs/publish-outbox.ts";
import { createWaiting, queueSteps, stepId } from "../../jobs/transitions.ts";
import { deriveId, deriveSpanId, newTraceId } from "../../kernel/ids.ts";
import { attr, meters, spanNames } from "../../telemetry/names.ts";
import { currentGraph } from "../graph.ts";
import { firstWork } from "../next-work.ts";
import type { AcceptedUpload } from "./upload-view.ts";

/** A stored original that is to be ingested. */
export interface NewFile {
  readonly project: {
    readonly id: string;
    readonly slug: string;
    readonly chunkMaxTokens: number;
    readonly chunkOverlapTokens: number;
  };
  readonly name: string;
  readonly contentHash: string;
  readonly bytes: number;
  readonly mediaType: string;
  readonly blobUrl: string;
  /** When the upload began: the trace starts there. */
  readonly receivedAt: Date;
}

/** What accepting a file needs of the outside world. */
export interface AcceptContext extends JobsContext {
  readonly embedding: { readonly model: string; readonly dimensions: number };
}

/** The file that has this content in this project already. */
export async function findDuplicate(
  db: Db,
  projectId: string,
  contentHash: string,
): Promise<AcceptedUpload | undefined> {
  const [found] = await db
    .select({ fileId: files.id, runId: runs.id, traceId: runs.traceId })
    .from(files)
    .innerJoin(runs, eq(runs.id, files.latestRunId))
    .where(and(eq(files.projectId, projectId), eq(files.contentHash, contentHash)));
  return found && { ...found, duplicate: true };
}

/**
 * Records a file with its first run and sends its first message. The ids of file and run come from the
 * content, so that the same upload twice at once is one file.
 * @throws WaybillError price_missing; a QStash that does not answer is no error, the tick sends the message
 */
export async function acceptFile(ctx: AcceptContext, file: NewFile): Promise<AcceptedUpload> {
  const accepted = await ctx.db.transaction((tx) => insertFile(ctx, tx, file));
  if (accepted.duplicate) return accepted;
  recordUpload(ctx, file, accepted);
  await publishQuietly(ctx, { runId: accepted.runId });
  return accepted;
}

async function insertFile(ctx: AcceptContext, tx: Db, file: NewFile): Promise<AcceptedUpload> {
  const now = ctx.clock.now();
  const fileId = deriveId("file", file.project.id, file.contentHash);
  const runId = deriveId("run", fileId, 1);
  const traceId = newTraceId();
  const inserted = await tx
    .insert(files)
    .values({
      id: fileId,
      projectId: file.project.id,
      name: file.name,
      contentHash: file.contentHash,
      bytes: file.bytes,
      mediaType: file.mediaType,
      blobUrl: file.blobUrl,
      status: "queued",
      latestRunId: runId,
      createdAt: file.receivedAt,
      updatedAt: now,
    })
    .onConflictDoNothing()
    .returning({ id: files.id });
  if (inserted.length === 0) {
    const existing = await findDuplicate(tx, file.project.id, file.contentHash);
    if (existing) return existing;
  }
  await tx.insert(runs).values({
    id: runId,
    fileId,
    number: 1,
    graphVersion: currentGraph.version,
    settings: {
      chunkMaxTokens: file.project.chunkMaxTokens,
      chunkOverlapTokens: file.project.chunkOverlapTokens,
      embeddingModel: ctx.embedding.model,
      embeddingDimensions: ctx.embedding.dimensions,
    },
    status: "queued",
    traceId,
    rootSpanId: rootSpanIdOf(runId),
    createdAt: file.receivedAt,
  });
  const first = firstWork(currentGraph, file.project.slug);
  await createWaiting(tx, runId, first.create);
  const ready = first.queue.map((step) => stepId(runId, step.name, step.shard));
  await queueSteps(tx, ready, { now, publishAfter: () => now });
  await recordEntries(tx, storageEntries(file, fileId, runId, now));
  return { fileId, runId, traceId, duplicate: false };
}

function rootSpanIdOf(runId: string): string {
  return deriveSpanId("root", runId);
}

function storageEntries(file: NewFile, fileId: string, runId: string, at: Date) {
  const common = {
    projectId: file.project.id,
    fileId,
    runId,
    stepId: null,
    step: "upload",
    attemptId: null,
    provider: "vercel",
    model: "*",
    estimated: false,
    at,
  };
  return [
    { ...common, id: deriveId("entry", fileId, "blob-put"), meter: meters.blobOperations, quantity: 1 },
    { ...common, id: deriveId("entry", fileId, "blob-bytes"), meter: meters.blobBytes, quantity: file.bytes },
  ];
}

function recordUpload(ctx: AcceptContext, file: NewFile, accepted: AcceptedUpload): void {
  ctx.telemetry.tracer
    .start(
      spanNames.receiveUpload,
      {
        traceId: accepted.traceId,
        spanId: deriveSpanId("upload", accepted.runId),
        parentSpanId: rootSpanIdOf(accepted.runId),
      },
      {
        kind: "server",
        startedAt: file.receivedAt,
        attributes: {
          [attr.fileId]: accepted.fileId,
          [attr.runId]: accepted.runId,
          [attr.project]: file.project.slug,
          [attr.bytes]: file.bytes,
        },
      },
    )
    .end();
}
