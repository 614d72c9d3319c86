import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Clock } from "../kernel/clock.ts";
import { WaybillError } from "../kernel/errors.ts";
import type { BlobStore } from "../providers/blob.ts";
import { attr, spanNames } from "../telemetry/names.ts";
import type { SpanScope } from "../telemetry/span-scope.ts";

/** Stored originals as local files, for parsers that need to seek. */
export interface Originals {
  /**
   * The path of a local copy, fetched when it is not there; named by its content, so that every step and
   * retry on this machine shares it.
   * @param pay is given the reading where one is needed, to put it down
   * @throws WaybillError stored_file_missing, provider_*, or document_corrupt when the bytes are not those
   *   that were uploaded
   */
  local(
    span: SpanScope,
    file: { blobUrl: string; contentHash: string },
    pay: (read: () => Promise<void>) => Promise<void>,
  ): Promise<string>;
}

const blobRead = { [attr.provider]: "blob", [attr.blobOperation]: "get" };

/** Copies in `folder`; the oldest go when they take more than `maxBytes`. */
export function createOriginals(options: {
  blob: BlobStore;
  folder: string;
  maxBytes: number;
  clock: Clock;
}): Originals {
  const fetching = new Map<string, Promise<string>>();
  return {
    async local(span, file, pay) {
      const path = join(options.folder, file.contentHash);
      if (await isThere(path, options.clock)) return path;
      const underWay = fetching.get(path);
      if (underWay) return underWay;
      const fetched = span
        .child(spanNames.blobGet, { kind: "client", attributes: blobRead }, (scope) =>
          pay(() => fetchTo(scope, options.blob, file, path)),
        )
        .then(() => path)
        .finally(() => fetching.delete(path));
      fetching.set(path, fetched);
      await fetched;
      await makeRoom(options.folder, options.maxBytes, path);
      return path;
    },
  };
}

async function isThere(path: string, clock: Clock): Promise<boolean> {
  const now = clock.now();
  // Its time says when it was last used; `utimes` fails when it is not there.
  return utimes(path, now, now).then(
    () => true,
    () => false,
  );
}

async function fetchTo(
  span: SpanScope,
  blob: BlobStore,
  file: { blobUrl: string; contentHash: string },
  path: string,
): Promise<void> {
  await mkdir(join(path, ".."), { recursive: true });
  const hash = createHash("sha256");
  let bytes = 0;
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const partial = `${path}.${span.spanId}.part`;
  try {
    const stream = await blob.open(file.blobUrl);
    await pipeline(Readable.from(stream), measured, createWriteStream(partial));
    if (hash.digest("hex") !== file.contentHash) {
      throw new WaybillError("document_corrupt", {
        internal: "the stored bytes are not those that were uploaded",
      });
    }
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
  span.set({ [attr.bytes]: bytes });
}

async function makeRoom(folder: string, maxBytes: number, keep: string): Promise<void> {
  const names = await readdir(folder);
  const copies = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const found = await stat(path).catch(() => undefined);
      return { path, bytes: found?.size ?? 0, usedMs: found?.mtimeMs ?? 0 };
    }),
  );
  let total = copies.reduce((sum, copy) => sum + copy.bytes, 0);
  for (const copy of copies.sort((a, b) => a.usedMs - b.usedMs)) {
    if (total <= maxBytes) return;
    if (copy.path === keep) continue;
    await rm(copy.path, { force: true });
    total -= copy.bytes;
  }
}
