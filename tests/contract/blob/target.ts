import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BlobError, del, list, put } from "@vercel/blob";
import { type AdjustableClock, systemClock } from "../../../src/kernel/clock.ts";
import { blobApiPath, createBlob } from "../../../src/local/blob/create-blob.ts";
import { serveStandIn } from "../../support/stand-in.ts";
import { credential, remote } from "../remote-target.ts";
import { needs, skipTest, uniquePrefix } from "../target.ts";

type Access = "public" | "private";

/** The Blob store that is being tested. */
export interface BlobTarget {
  /** The base URL that the SDK takes. */
  readonly url: string;
  /** The read-write token of the store. */
  readonly token: string;
  /** The clock of the service: its `advance` needs("clock"). */
  readonly clock: AdjustableClock;
  /** A pathname that nobody else in the store has. */
  path(pathname: string): string;
  /** Skips the test that calls it where the store does not take blobs of this access. */
  needsAccess(...all: readonly Access[]): void;
  /** Every file that the stand-in keeps, complete or not; needs("stand-in"). */
  fileNames(): Promise<string[]>;
  /** Injects a fault; needs("faults"). */
  fault(fault: Record<string, unknown>): Promise<void>;
  /** Stops it and starts it again; needs("restart"). */
  restart(): Promise<void>;
  /** Removes what the tests left behind. */
  close(): Promise<void>;
}

/**
 * Starts a stand-in, or reaches the store that `npm run contract` names, and points the SDK at it, which
 * knows its server from the environment alone.
 */
export async function openTarget(): Promise<BlobTarget> {
  process.env.VERCEL_BLOB_RETRIES = "0";
  return remote ? reachStore(remote.url, credential("BLOB_READ_WRITE_TOKEN")) : startStandIn();
}

async function reachStore(url: string, token: string): Promise<BlobTarget> {
  process.env.VERCEL_BLOB_API_URL = url;
  const prefix = uniquePrefix();
  const taken = new Set<Access>();
  for (const access of ["public", "private"] as const) {
    if (await takes(access, `${prefix}/${access}`, token)) taken.add(access);
  }
  return {
    url,
    token,
    clock: { ...systemClock, advance: () => needs("clock") },
    path: (pathname) => `${prefix}/${pathname}`,
    needsAccess(...all) {
      const missing = all.filter((access) => !taken.has(access));
      if (missing.length > 0) skipTest(`needs a store that takes ${missing.join(" and ")} blobs`);
    },
    async fileNames() {
      needs("stand-in");
      return [];
    },
    fault: async () => needs("faults"),
    restart: async () => needs("restart"),
    close: () => removeAll(prefix, token),
  };
}

/** Whether the store takes a blob of this access: it is of one kind, chosen when it was made. */
async function takes(access: Access, pathname: string, token: string): Promise<boolean> {
  const stored = put(pathname, "x", { access, token });
  return stored.then(
    () => true,
    (error: unknown) => {
      if (error instanceof BlobError && error.message.includes(access)) return false;
      throw error;
    },
  );
}

async function removeAll(prefix: string, token: string): Promise<void> {
  for (;;) {
    const { blobs, hasMore } = await list({ token, prefix: `${prefix}/` });
    if (blobs.length > 0)
      await del(
        blobs.map((blob) => blob.url),
        { token },
      );
    if (!hasMore) return;
  }
}

async function startStandIn(): Promise<BlobTarget> {
  const token = "vercel_blob_rw_store1_secret_of_the_tests";
  const folder = await mkdtemp(join(tmpdir(), "waybill-blob-"));
  const standIn = await serveStandIn((parts) => createBlob({ ...parts, token, folder, control: true }));
  const url = standIn.url + blobApiPath;
  process.env.VERCEL_BLOB_API_URL = url;
  const prefix = uniquePrefix();
  return {
    url,
    token,
    clock: standIn.clock,
    path: (pathname) => `${prefix}/${pathname}`,
    needsAccess: () => undefined,
    async fileNames() {
      const inFolder = async (name: string) => readdir(join(folder, name));
      return [...(await inFolder("files")), ...(await inFolder("uploading"))];
    },
    fault: standIn.fault,
    restart: standIn.restart,
    async close() {
      await standIn.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
