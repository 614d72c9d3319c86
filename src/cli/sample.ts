import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { z } from "zod";
import { readEnv } from "../kernel/env.ts";
import { acceptedUploadSchema } from "../pipeline/files/upload-view.ts";
import { makeSamples } from "./samples/make-samples.ts";

/**
 * `node src/cli/sample.ts [--make-only]`: makes the sample documents and uploads them to the project `default`
 * through the API, as any client would. Prints one line a file.
 */
const env = readEnv();
const folder = z.string().min(1).parse(env.WAYBILL_SAMPLES_DIR);
const paths = await makeSamples(folder);
if (!process.argv.includes("--make-only")) for (const path of paths) await upload(path);

async function upload(path: string): Promise<void> {
  const form = new FormData();
  form.set("project", "default");
  form.set("file", new Blob([await readFile(path)]), basename(path));
  const response = await fetch(`${env.WAYBILL_URL}/api/upload`, {
    method: "POST",
    headers: { Authorization: `Bearer ${env.WAYBILL_API_KEY}` },
    body: form,
  });
  if (!response.ok)
    throw new TypeError(`${basename(path)} was refused: ${response.status} ${await response.text()}`);
  const accepted = acceptedUploadSchema.parse(await response.json());
  console.log(`  ${basename(path)}  ${accepted.fileId}${accepted.duplicate ? "  (is there already)" : ""}`);
}
