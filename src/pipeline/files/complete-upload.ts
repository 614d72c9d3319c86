import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { eq } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import { files } from "../../db/schema/files.ts";
import { projects } from "../../db/schema/projects.ts";
import { uploads } from "../../db/schema/uploads.ts";
import { WaybillError } from "../../kernel/errors.ts";
import type { BlobStore } from "../../providers/blob.ts";
import { acceptFile } from "./accept-file.ts";
import { checkContent } from "./check-content.ts";
import { type ContentMeter, createContentMeter, type MeasuredContent } from "./measure-content.ts";
import type { AcceptContext } from "./new-file.ts";
import { markAccepted, markRefused } from "./settle-upload.ts";
import { recordBlobRead, recordRefusedWrite } from "./upload-entries.ts";
import type { AcceptedUpload } from "./upload-view.ts";

/** What the end of a browser's upload needs of the outside world. */
export type CompleteContext = AcceptContext & {
  readonly blob: BlobStore;
  readonly env: { readonly WAYBILL_MAX_UPLOAD_BYTES: number };
};

type Upload = Awaited<ReturnType<typeof findUpload>>;

/**
 * Accepts or refuses a file that a browser has sent to Blob. Blob may report it more than once, even at the
 * same moment: each report comes to the same end. A fault that passes is thrown on, and Blob reports again.
 * @throws WaybillError upload_not_found, provider_*
 */
export async function completeUpload(
  ctx: CompleteContext,
  input: { uploadId: string; url: string },
): Promise<void> {
  const upload = await findUpload(ctx, input.uploadId);
  if (upload.state === "pending") await settle(ctx, upload, input.url);
  const { state, duplicate } = await findUpload(ctx, input.uploadId);
  // After the row says so: a report that comes after a crash in between removes it again.
  if (state === "refused" || duplicate === "yes") await ctx.blob.remove(input.url);
}

async function settle(ctx: CompleteContext, upload: Upload, url: string): Promise<void> {
  const meter = createContentMeter(ctx.env.WAYBILL_MAX_UPLOAD_BYTES);
  try {
    const accepted = await accept(ctx, upload, url, meter);
    await recordCosts(ctx, upload, meter.bytes(), !accepted.duplicate);
    await markAccepted(ctx, upload.id, accepted);
  } catch (error) {
    if (error instanceof WaybillError && error.status < 500) {
      await recordCosts(ctx, upload, meter.bytes(), false);
      await markRefused(ctx, upload.id, error);
      return;
    }
    await recordBlobRead(ctx, { ...unowned(upload), step: "upload" }, meter.bytes(), false);
    // Another report may have come to an end meanwhile and removed the blob under our hands.
    const { state } = await findUpload(ctx, upload.id);
    if (state === "pending") throw error;
  }
}

/** Before the upload says how it ended, so that whoever sees that sees its costs too. */
async function recordCosts(
  ctx: CompleteContext,
  upload: Upload,
  bytes: number,
  usable: boolean,
): Promise<void> {
  const owner = unowned(upload);
  await recordBlobRead(ctx, { ...owner, step: "upload" }, bytes, usable);
  if (!usable) await recordRefusedWrite(ctx, owner, { ...upload, bytes });
}

/** It is no file yet, or never becomes one. */
function unowned(upload: Upload) {
  return { projectId: upload.project.id, fileId: null, runId: null };
}

async function findUpload({ db }: Pick<DbContext, "db">, uploadId: string) {
  const [upload] = await db
    .select({
      id: uploads.id,
      name: uploads.name,
      state: uploads.state,
      inParts: uploads.inParts,
      duplicate: uploads.duplicate,
      createdAt: uploads.createdAt,
      project: {
        id: projects.id,
        slug: projects.slug,
        chunkMaxTokens: projects.chunkMaxTokens,
        chunkOverlapTokens: projects.chunkOverlapTokens,
      },
    })
    .from(uploads)
    .innerJoin(projects, eq(projects.id, uploads.projectId))
    .where(eq(uploads.id, uploadId));
  if (upload === undefined) throw new WaybillError("upload_not_found", { details: { uploadId } });
  return upload;
}

async function accept(
  ctx: CompleteContext,
  upload: Upload,
  url: string,
  meter: ContentMeter,
): Promise<AcceptedUpload> {
  const content = await readContent(ctx, url, meter);
  const accepted = await acceptFile(ctx, {
    project: upload.project,
    name: upload.name,
    contentHash: content.contentHash,
    bytes: content.bytes,
    mediaType: await checkContent(content, upload.name),
    blobUrl: url,
    receivedAt: upload.createdAt,
    inParts: upload.inParts,
  });
  if (!accepted.duplicate) return accepted;
  // A second report finds the file that the first one made: that is no duplicate, and its blob must stay.
  const [file] = await ctx.db
    .select({ blobUrl: files.blobUrl })
    .from(files)
    .where(eq(files.id, accepted.fileId));
  return { ...accepted, duplicate: file?.blobUrl !== url };
}

async function readContent(ctx: CompleteContext, url: string, meter: ContentMeter): Promise<MeasuredContent> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const stored = await ctx.blob.open(url);
  try {
    await pipeline(Readable.from(stored), meter.stream, nowhere);
  } catch (error) {
    if (error instanceof WaybillError) throw error;
    throw new WaybillError("provider_unavailable", { internal: "the stored file broke off", cause: error });
  }
  return meter.result();
}
