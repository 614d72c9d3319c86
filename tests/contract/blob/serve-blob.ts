import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blobApiPath, createBlob } from "../../../src/local/blob/create-blob.ts";
import { type ServedStandIn, serveStandIn } from "../../support/stand-in.ts";

/** The read-write token of the store under test. */
export const token = "vercel_blob_rw_store1_secret_of_the_tests";

/** Starts the stand-in and points the SDK at it, which knows its server from the environment alone. */
export async function serveBlob(): Promise<ServedStandIn & { fileNames(): Promise<string[]> }> {
  const folder = await mkdtemp(join(tmpdir(), "waybill-blob-"));
  const standIn = await serveStandIn((parts) => createBlob({ ...parts, token, folder, control: true }));
  process.env.VERCEL_BLOB_API_URL = standIn.url + blobApiPath;
  process.env.VERCEL_BLOB_RETRIES = "0";
  return {
    ...standIn,
    /** Every file that the stand-in keeps, complete or not. */
    async fileNames() {
      const inFolder = async (name: string) => readdir(join(folder, name));
      return [...(await inFolder("files")), ...(await inFolder("uploading"))];
    },
    async stop() {
      await standIn.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
