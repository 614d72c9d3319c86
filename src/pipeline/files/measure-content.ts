import { createHash } from "node:crypto";
import { Transform } from "node:stream";
import { WaybillError } from "../../kernel/errors.ts";
import { sniffBytes } from "../documents/sniff.ts";

/** What is known of a file's content after it has passed by. */
export interface MeasuredContent {
  readonly bytes: number;
  /** SHA-256 in hex. */
  readonly contentHash: string;
  /** The first 64 KiB, by which the type is told. */
  readonly head: Uint8Array;
}

/** A stream that passes bytes on and measures them. */
export interface ContentMeter {
  readonly stream: Transform;
  /** How many bytes have passed so far. */
  bytes(): number;
  /** Call it once, after the stream has ended. */
  result(): MeasuredContent;
}

/** Measures content as it passes; the stream fails with `file_too_large` as soon as there is more than `maxBytes`. */
export function createContentMeter(maxBytes: number): ContentMeter {
  const hash = createHash("sha256");
  const head: Buffer[] = [];
  let headBytes = 0;
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        done(new WaybillError("file_too_large", { details: { maxBytes } }));
        return;
      }
      hash.update(chunk);
      if (headBytes < sniffBytes) {
        // Copied: a slice would keep the whole chunk in memory.
        const part = Buffer.from(chunk.subarray(0, sniffBytes - headBytes));
        head.push(part);
        headBytes += part.length;
      }
      done(null, chunk);
    },
  });
  return {
    stream,
    bytes: () => bytes,
    result: () => ({ bytes, contentHash: hash.digest("hex"), head: Buffer.concat(head) }),
  };
}
