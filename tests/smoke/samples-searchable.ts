import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { parseEnv } from "node:util";
import { z } from "zod";
import { fileSummarySchema, listOf, searchHitSchema } from "../../src/pipeline/files/file-view.ts";

/**
 * Asks a started Waybill over HTTP whether the sample documents are searchable; exits 1 when they are not in
 * time. `node tests/smoke/samples-searchable.ts <data folder>`
 */
const settings = z
  .object({ WAYBILL_URL: z.url(), WAYBILL_API_KEY: z.string() })
  .parse(parseEnv(readFileSync(`${process.argv[2]}/local.env`, "utf8")));

/** For each sample a question that its own text answers. */
const questions: Readonly<Record<string, string>> = {
  "waybill-architecture.pdf": "what carries a message on when the publish was not confirmed",
  "waybill-deploy.docx": "environment variables for Neon and Upstash deployment",
  "waybill-decisions.html": "why are originals private blobs",
  "waybill-readme.md": "what is waybill and which two commands start it",
  "waybill-errors.txt": "document is protected by a password error",
};

const names = Object.keys(questions);
const deadlineMs = performance.now() + 120_000;
for (;;) {
  const { items } = listOf(fileSummarySchema).parse(await get("/api/v1/files?project=default&limit=100"));
  const samples = items.filter((file) => names.includes(file.name));
  const failed = samples.find((file) => file.status === "failed");
  if (failed) fail(`${failed.name} failed: ${failed.errorMessage}`);
  if (names.every((name) => samples.some((file) => file.name === name && file.status === "succeeded"))) break;
  if (performance.now() > deadlineMs)
    fail(`only ${samples.length} of ${names.length} samples were ingested in time`);
  await pause(250);
}
for (const [name, question] of Object.entries(questions)) {
  const { items } = listOf(searchHitSchema).parse(
    await get(`/api/v1/search?project=default&limit=20&q=${encodeURIComponent(question)}`),
  );
  if (!items.some((hit) => hit.fileName === name)) fail(`${name} is not among the answers to "${question}"`);
  console.log(`searchable: ${name}`);
}

async function get(path: string): Promise<unknown> {
  const response = await fetch(settings.WAYBILL_URL + path, {
    headers: { Authorization: `Bearer ${settings.WAYBILL_API_KEY}` },
  });
  if (!response.ok) fail(`${path} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
