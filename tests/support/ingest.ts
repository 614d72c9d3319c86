import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { eq } from "drizzle-orm";
import { vi } from "vitest";
import { files } from "../../src/db/schema/files.ts";
import { steps } from "../../src/db/schema/steps.ts";
import { createContentMeter } from "../../src/pipeline/files/measure-content.ts";
import { storeUpload } from "../../src/pipeline/files/store-upload.ts";
import type { AcceptedUpload } from "../../src/pipeline/files/upload-view.ts";
import type { Stack } from "./stack.ts";

/** Uploads a document as the upload route does. */
export async function upload(stack: Stack, name: string, bytes: Buffer | string): Promise<AcceptedUpload> {
  const open = () => Readable.from([Buffer.from(bytes)]);
  const meter = createContentMeter(1e9);
  await pipeline(open(), meter.stream.resume());
  const content = meter.result();
  const receivedAt = stack.runtime.clock.now();
  return storeUpload(stack.runtime, { project: stack.project, name, content, open, receivedAt });
}

/** Resolves with the file once it has ended, well or badly. */
export function ended(stack: Stack, fileId: string, timeoutMs = 15_000) {
  return vi.waitFor(
    async () => {
      const [file] = await stack.database.db.select().from(files).where(eq(files.id, fileId));
      if (file?.finishedAt == null) throw new Error(`the file is ${file?.status}`);
      return file;
    },
    { timeout: timeoutMs, interval: 25 },
  );
}

/**
 * Resolves once QStash has told of the message that it gave up for a failed run. It does so after the file has ended,
 * and what it charged for is put down only then: nothing is spent on the run from here on.
 */
export async function deadLettered(stack: Stack, runId: string): Promise<void> {
  await vi.waitFor(
    async () => {
      if ((await stepsOf(stack, runId)).every(({ dlqId }) => dlqId === null))
        throw new Error("QStash has not told of a dead letter");
    },
    { timeout: 15_000, interval: 25 },
  );
}

/** The steps of a run. */
export function stepsOf(stack: Stack, runId: string) {
  return stack.database.db.select().from(steps).where(eq(steps.runId, runId));
}
