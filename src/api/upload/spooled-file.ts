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
  await pipeline(stream, meter.stream, createWriteStream(path), { signal });
  return { sentName, content: meter.result(), open: () => createReadStream(path) };
}
