import { and, eq } from "drizzle-orm";
import { passBudgetGate } from "../../costs/budgets/budget-gate.ts";
import { recordEntries } from "../../costs/ledger/record-entries.ts";
import { countUpload } from "../../costs/rollups/count-ingest.ts";
import type { Db } from "../../db/client.ts";
import { files } from "../../db/schema/files.ts";
import { runs } from "../../db/schema/runs.ts";
import { publishQuietly } from "../../jobs/publish-outbox.ts";
import { faultPoint } from "../../kernel/fault-point.ts";
import { deriveId } from "../../kernel/ids.ts";
import { requestLog } from "../../telemetry/request-log.ts";
import { beginRun, runIdOf } from "./begin-run.ts";
import type { AcceptContext, NewFile } from "./new-file.ts";
import { recordUpload } from "./record-upload.ts";
import { writtenEntry } from "./upload-entries.ts";
import type { AcceptedUpload } from "./upload-view.ts";

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
  const accepted = await ctx.db.transaction(async (tx) => {
    await passBudgetGate(tx);
    return insertFile(ctx, tx, file);
  });
  if (accepted.duplicate) return accepted;
  faultPoint("upload.committed");
  recordUpload(ctx, file, accepted);
  await publishQuietly(ctx, { runIds: [accepted.runId] }, requestLog(ctx.log));
  faultPoint("upload.published");
  return accepted;
}

async function insertFile(ctx: AcceptContext, tx: Db, file: NewFile): Promise<AcceptedUpload> {
  const now = ctx.clock.now();
  const fileId = deriveId("file", file.project.id, file.contentHash);
  const runId = runIdOf(fileId, 1);
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
  const { embedding } = ctx;
  const run = {
    fileId,
    bytes: file.bytes,
    number: 1,
    project: file.project,
    embedding,
    createdAt: file.receivedAt,
  };
  const { traceId } = await beginRun({ ...ctx, db: tx }, run, now);
  await countUpload(tx, { projectId: file.project.id, bytes: file.bytes }, now);
  const owner = { projectId: file.project.id, fileId, runId };
  const written = { id: fileId, bytes: file.bytes, inParts: file.inParts ?? false };
  await recordEntries(tx, [writtenEntry(owner, written, now)]);
  return { fileId, runId, traceId, duplicate: false };
}
