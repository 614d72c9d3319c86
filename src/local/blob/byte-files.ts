import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { copyFile, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { newSecret } from "../../kernel/ids.ts";
import { tooLarge } from "./blob-error.ts";

/** Bytes that were written aside and are not part of the store yet. */
export interface WrittenFile {
  readonly fileId: string;
  readonly sizeBytes: number;
  readonly etag: string;
}

/** The folder with the bytes of the blobs, each in a file under a name of ours. */
export interface ByteFiles {
  /** Makes the folders, and removes what an interrupted upload or deletion has left. */
  prepare(known: ReadonlySet<string>): Promise<void>;
  /** Streams to a file aside. On any failure nothing is left. @throws BlobError file_too_large */
  write(content: AsyncIterable<Uint8Array>, limitBytes: number): Promise<WrittenFile>;
  /** Makes a written file part of the store. */
  keep(fileId: string): Promise<void>;
  /** Removes a file, written or kept; one that is gone is no error. */
  discard(fileId: string): Promise<void>;
  /** Copies a kept file aside. */
  copy(fileId: string): Promise<string>;
  /** A kept file, or the bytes from `start` to `end` of it, both included. */
  read(fileId: string, range?: { start: number; end: number }): Readable;
  /** A file that was written aside. */
  readWritten(fileId: string): Readable;
}

/** The files below one folder. */
export function createByteFiles(folder: string): ByteFiles {
  const kept = (fileId: string) => join(folder, "files", fileId);
  const written = (fileId: string) => join(folder, "uploading", fileId);
  return {
    async prepare(known) {
      await mkdir(join(folder, "files"), { recursive: true, mode: 0o700 });
      await mkdir(join(folder, "uploading"), { recursive: true, mode: 0o700 });
      for (const name of await readdir(join(folder, "files"))) {
        if (!known.has(name)) await rm(kept(name), { force: true });
      }
      for (const name of await readdir(join(folder, "uploading"))) {
        if (!known.has(name)) await rm(written(name), { force: true });
      }
    },
    async write(content, limitBytes) {
      const fileId = newSecret("blob");
      try {
        const measured = measure(limitBytes);
        await pipeline(
          Readable.from(content),
          measured.stream,
          createWriteStream(written(fileId), { mode: 0o600 }),
        );
        return { fileId, ...measured.result() };
      } catch (error) {
        await rm(written(fileId), { force: true });
        throw error;
      }
    },
    keep: (fileId) => rename(written(fileId), kept(fileId)),
    async discard(fileId) {
      await rm(kept(fileId), { force: true });
      await rm(written(fileId), { force: true });
    },
    async copy(fileId) {
      const copied = newSecret("blob");
      await copyFile(kept(fileId), written(copied));
      return copied;
    },
    read: (fileId, range) => createReadStream(kept(fileId), range),
    readWritten: (fileId) => createReadStream(written(fileId)),
  };
}

function measure(limitBytes: number): { stream: Transform; result(): { sizeBytes: number; etag: string } } {
  const hash = createHash("md5");
  let sizeBytes = 0;
  const stream = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > limitBytes) return done(tooLarge(limitBytes));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  return { stream, result: () => ({ sizeBytes, etag: `"${hash.digest("hex")}"` }) };
}
