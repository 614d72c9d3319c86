import type { Readable } from "node:stream";
import { BlobAccessError, BlobNotFoundError, del, head, put } from "@vercel/blob";
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
      // The SDK's own `get` insists on a host of Vercel's: `head` tells where the blob is read now.
      const stored = await speak(() => head(url, { token }));
      const answer = await speak(() =>
        fetch(stored.url, { headers: { authorization: `Bearer ${token}` }, cache: "no-store" }),
      );
      if (answer.status === 404) throw new WaybillError("stored_file_missing", { details: { url } });
      if (!answer.ok || answer.body === null)
        throw providerFault("blob", answer.status, "the blob could not be read");
      return answer.body;
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
