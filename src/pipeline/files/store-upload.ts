import type { Readable } from "node:stream";
import type { BlobStore } from "../../providers/blob.ts";
import type { Project } from "../projects/find-project.ts";
import { type AcceptContext, acceptFile, findDuplicate } from "./accept-file.ts";
import { checkContent } from "./check-content.ts";
import type { MeasuredContent } from "./measure-content.ts";
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
  const { url: blobUrl } = await ctx.blob.putOriginal({
    pathname: `files/${project.id}/${contentHash}`,
    body: file.open(),
    mediaType,
  });
  return acceptFile(ctx, { project, name, contentHash, bytes, mediaType, blobUrl, receivedAt });
}
