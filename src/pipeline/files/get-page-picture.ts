import { eq } from "drizzle-orm";
import { files } from "../../db/schema/files.ts";
import { toWaybillError, WaybillError } from "../../kernel/errors.ts";
import { spanNames } from "../../telemetry/names.ts";
import type { PipelineContext } from "../context.ts";
import { drawPage } from "../documents/draw-page.ts";
import { recordBlobRead } from "./upload-entries.ts";

/** What drawing a page needs of the outside world. */
export type PictureContext = Pick<PipelineContext, "db" | "clock" | "telemetry" | "originals" | "pictures">;

/** A file whose pages can be drawn. */
export interface PicturedFile {
  readonly fileId: string;
  readonly projectId: string;
  readonly contentHash: string;
  readonly blobUrl: string;
  readonly bytes: number;
}

/**
 * The file, when its format has pages that can be drawn.
 * @throws WaybillError file_not_found, page_has_no_picture
 */
export async function findPicturedFile(
  { db }: Pick<PictureContext, "db">,
  input: { fileId: string; page: number },
): Promise<PicturedFile> {
  const [file] = await db
    .select({
      fileId: files.id,
      projectId: files.projectId,
      contentHash: files.contentHash,
      blobUrl: files.blobUrl,
      bytes: files.bytes,
      mediaType: files.mediaType,
    })
    .from(files)
    .where(eq(files.id, input.fileId));
  if (file === undefined) throw new WaybillError("file_not_found", { details: { fileId: input.fileId } });
  if (file.mediaType !== "application/pdf") throw noPicture(input.page, file.mediaType);
  return file;
}

/**
 * A page, from 1, as a PNG. It is drawn apart from the server and from the threads that read documents: a
 * hostile file ends its own thread at the most. Where the original must be fetched, its file pays for that.
 * @throws WaybillError page_has_no_picture, document_*, stored_file_missing, provider_*
 */
export async function drawPicture(
  ctx: PictureContext,
  file: PicturedFile,
  page: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const span = ctx.telemetry.requests.start(spanNames.readDocument, {});
  try {
    const path = await ctx.originals.local(span, file, async (read) => {
      await read();
      await recordBlobRead(ctx, { ...file, runId: null, step: "picture" }, file.bytes, true);
    });
    const drawn = await drawPage(ctx.pictures, { path, mediaType: "application/pdf", page });
    if (drawn.kind === "rejected") throw new WaybillError(drawn.code, { details: drawn.details });
    if (drawn.png === null) throw noPicture(page, "application/pdf");
    return new Uint8Array(drawn.png);
  } catch (error) {
    span.fail(toWaybillError(error).code);
    throw error;
  } finally {
    span.end();
  }
}

function noPicture(page: number, mediaType: string): WaybillError {
  return new WaybillError("page_has_no_picture", { details: { page, mediaType } });
}
