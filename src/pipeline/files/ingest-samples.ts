import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { BlobStore } from "../../providers/blob.ts";
import type { Project } from "../projects/find-project.ts";
import { createContentMeter } from "./measure-content.ts";
import type { AcceptContext } from "./new-file.ts";
import { storeUpload } from "./store-upload.ts";
import type { AcceptedUpload } from "./upload-view.ts";

/** The largest sample that is read, in bytes. */
const maxSampleBytes = 20 * 1024 * 1024;

/** The names of the sample documents; none where the deployment has no folder of them. */
export async function listSamples(folder: string | undefined): Promise<string[]> {
  if (folder === undefined) return [];
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => !name.startsWith(".")).sort();
}

/**
 * Ingests the sample documents into a project, as if each had been uploaded; what is there already stays.
 * @throws WaybillError provider_*
 */
export async function ingestSamples(
  ctx: AcceptContext & { readonly blob: BlobStore },
  input: { readonly folder: string | undefined; readonly project: Project },
): Promise<AcceptedUpload[]> {
  const accepted: AcceptedUpload[] = [];
  for (const name of await listSamples(input.folder)) {
    const open = () => createReadStream(join(input.folder ?? "", name));
    const receivedAt = ctx.clock.now();
    const meter = createContentMeter(maxSampleBytes);
    await pipeline(open(), meter.stream.resume());
    const file = { project: input.project, name, content: meter.result(), open, receivedAt };
    accepted.push(await storeUpload(ctx, file));
  }
  return accepted;
}
