import type { Readable } from "node:stream";
import { BlobAccessError, BlobNotFoundError, del, get, put } from "@vercel/blob";
import { WaybillError } from "../kernel/errors.ts";
import { providerFault } from "./provider-fault.ts";

/** The originals, kept private in Vercel Blob. Every call throws WaybillError provider_*. */
export interface BlobStore {
  /** Stores a stream; the same pathname is written over. */
  putOriginal(input: { pathname: string; body: Readable; mediaType: string }): Promise<{ url: string }>;
  /** Opens a stored blob. @throws WaybillError stored_file_missing */
  open(url: string): Promise<ReadableStream<Uint8Array>>;
  /** Removes a blob; one that is gone is no error. */
  remove(url: string): Promise<void>;
}

/** A client of Vercel Blob; the SDK reads VERCEL_BLOB_API_URL for a store that is not Vercel's. */
export function createBlobProvider(config: { token: string }): BlobStore {
  const { token } = config;
  return {
    async putOriginal({ pathname, body, mediaType }) {
      const { url } = await speak(() =>
        put(pathname, body, {
          access: "private",
          contentType: mediaType,
          token,
          allowOverwrite: true,
          addRandomSuffix: false,
        }),
      );
      return { url };
    },
    async open(url) {
      const answer = await speak(() => get(url, { access: "private", token, useCache: false }));
      if (answer?.stream == null) throw new WaybillError("stored_file_missing", { details: { url } });
      return answer.stream;
    },
    async remove(url) {
      await speak(() => del(url, { token }));
    },
  };
}

async function speak<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof BlobNotFoundError) throw new WaybillError("stored_file_missing", { cause: error });
    throw providerFault("blob", error instanceof BlobAccessError ? 403 : undefined, error);
  }
}
