import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createContentMeter, type MeasuredContent } from "../../pipeline/files/measure-content.ts";

/** A sent file, kept on disk until it is known whether it may be stored. */
export interface SpooledFile {
  /** As the client sent it. */
  readonly sentName: string;
  readonly content: MeasuredContent;
  /** Opens the content from its beginning. */
  readonly open: () => Readable;
}

/** Writes a stream to `path` while it is measured. @throws WaybillError file_too_large as soon as it is */
export async function spoolFile(
  stream: Readable,
  options: { path: string; sentName: string; maxBytes: number; signal: AbortSignal },
): Promise<SpooledFile> {
  const { path, sentName, maxBytes, signal } = options;
  const meter = createContentMeter(maxBytes);
  const target = createWriteStream(path);
  try {
    await pipeline(stream, meter.stream, target, { signal });
  } finally {
    // A stopped pipeline does not wait for a file that is still being opened: it would appear after its folder went.
    if (!target.closed) await once(target, "close");
  }
  return { sentName, content: meter.result(), open: () => createReadStream(path) };
}
