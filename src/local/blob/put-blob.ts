import { extname } from "node:path";
import type { Clock } from "../../kernel/clock.ts";
import { newSecret } from "../../kernel/ids.ts";
import { alreadyExists, preconditionFailed } from "./blob-error.ts";
import { putAnswer } from "./blob-urls.ts";
import type { ByteFiles, WrittenFile } from "./byte-files.ts";
import type { Callbacks } from "./callbacks.ts";
import type { StoredBlob, WriteRequest } from "./entities.ts";
import type { BlobStore } from "./store.ts";

/** What the routes work with. `count` adds to the counters of `GET /__local/usage`. */
export interface BlobContext {
  readonly store: BlobStore;
  readonly files: ByteFiles;
  readonly callbacks: Callbacks;
  readonly clock: Clock;
  readonly token: string;
  count(counter: string, amount: number): Promise<void>;
}

/**
 * Makes a written file the blob of its pathname and tells the server that asked to know.
 * @throws BlobError when overwriting is not allowed or the etag is another; the file is removed then
 */
export async function putBlob(
  context: BlobContext,
  request: WriteRequest,
  file: WrittenFile,
  origin: string,
): Promise<StoredBlob> {
  const { store, files } = context;
  const blob: StoredBlob = {
    ...file,
    pathname: request.addRandomSuffix ? withSuffix(request.pathname) : request.pathname,
    contentType: request.contentType,
    cacheControl: `${request.access}, max-age=${request.cacheControlMaxAgeSec}`,
    access: request.access,
    uploadedAt: context.clock.now(),
  };
  const callback = callbackOf(request, blob, origin);
  try {
    await files.keep(file.fileId);
    const { replacedFileId, callbackId } = await store.put(blob, {
      callback,
      mayReplace: (before) => refuseReplacing(before, request),
    });
    if (replacedFileId) await files.discard(replacedFileId);
    if (callback && callbackId) context.callbacks.send({ id: callbackId, ...callback });
  } catch (error) {
    await files.discard(file.fileId);
    throw error;
  }
  await context.count("advanced_operations", 1);
  await context.count("bytes_written", file.sizeBytes);
  return blob;
}

/** @throws BlobError when a write must not replace what is there */
export function refuseReplacing(
  before: StoredBlob | undefined,
  request: Pick<WriteRequest, "allowOverwrite" | "ifMatch">,
): void {
  if (request.ifMatch !== undefined && before?.etag !== request.ifMatch) throw preconditionFailed();
  if (before && !request.allowOverwrite) throw alreadyExists();
}

function withSuffix(pathname: string): string {
  const extension = extname(pathname);
  const suffix = newSecret("")
    .replace(/[^a-zA-Z0-9]/g, "")
    .slice(0, 30);
  return `${pathname.slice(0, pathname.length - extension.length)}-${suffix}${extension}`;
}

function callbackOf(request: WriteRequest, blob: StoredBlob, origin: string) {
  if (!request.callback) return undefined;
  const { callbackUrl, tokenPayload } = request.callback;
  const body = {
    type: "blob.upload-completed",
    payload: { blob: putAnswer(blob, origin), tokenPayload: tokenPayload ?? null },
  };
  return { url: callbackUrl, body: JSON.stringify(body) };
}
