import type { Readable } from "node:stream";
import { newTraceId } from "../../kernel/ids.ts";
import type { BlobStore } from "../../providers/blob.ts";
import type { Project } from "../projects/find-project.ts";
import { acceptFile, findDuplicate } from "./accept-file.ts";
import { checkContent } from "./check-content.ts";
import type { MeasuredContent } from "./measure-content.ts";
import type { AcceptContext } from "./new-file.ts";
import { recordRefusedWrite } from "./upload-entries.ts";
import type { AcceptedUpload } from "./upload-view.ts";

/** A file that has arrived whole and was measured. */
export interface ReceivedFile {
  readonly project: Project;
  readonly name: string;
  readonly content: MeasuredContent;
  /** Opens the content from its beginning. */
  readonly open: () => Readable;
  /** When the upload began. */
  readonly receivedAt: Date;
}

/**
 * Stores a file and starts its ingestion, unless the project has the same content already. The pathname comes
 * from the content: a repeated upload writes the same blob.
 * @throws WaybillError file_empty, file_type_unsupported, provider_*; then nothing was recorded or charged
 */
export async function storeUpload(
  ctx: AcceptContext & { readonly blob: BlobStore },
  file: ReceivedFile,
): Promise<AcceptedUpload> {
  const { project, name, content, receivedAt } = file;
  const mediaType = await checkContent(content, name);
  const { bytes, contentHash } = content;
  const duplicate = await findDuplicate(ctx.db, project.id, contentHash);
  if (duplicate) return duplicate;
  const from = ctx.clock.now();
  const { url: blobUrl } = await ctx.blob.putOriginal({
    pathname: `files/${project.id}/${contentHash}`,
    body: file.open(),
    mediaType,
  });
  const stored = { from, until: ctx.clock.now() };
  const accepting = { project, name, contentHash, bytes, mediaType, blobUrl, receivedAt, stored };
  const accepted = await acceptFile(ctx, accepting);
  // Two uploads of one content at the same moment write it twice, over each other.
  if (accepted.duplicate)
    await recordRefusedWrite(
      ctx,
      { projectId: project.id, ...accepted },
      { id: newTraceId(), bytes, inParts: false },
    );
  return accepted;
}
