import { Readable } from "node:stream";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attempts } from "../../src/db/schema/steps.ts";
import { errorCodes } from "../../src/kernel/error-codes.ts";
import { sha256Hex } from "../../src/kernel/hash.ts";
import { acceptFile } from "../../src/pipeline/files/accept-file.ts";
import {
  deepPageTreePdf,
  encryptedDocx,
  encryptedPdf,
  lyingZipBombDocx,
  nestedPdf,
  scannedPdf,
  textNamedPdf,
  truncatedDocx,
  truncatedPdf,
  zipBombDocx,
} from "../support/documents/poison-documents.ts";
import { ended, stepsOf, upload } from "../support/ingest.ts";
import { startServedStack } from "../support/served-stack.ts";
import type { Stack } from "../support/stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startServedStack();
});
afterAll(() => stack.close());

async function failsOnce(fileId: string, runId: string, code: keyof typeof errorCodes): Promise<void> {
  expect(await ended(stack, fileId)).toMatchObject({ status: "failed", errorCode: code, attemptCount: 1 });
  const failed = (await stepsOf(stack, runId)).find((step) => step.state === "failed");
  expect(failed).toMatchObject({ errorCode: code, errorMessage: errorCodes[code].sentence, attemptCount: 1 });
  const tried = await stack.database.db.select().from(attempts).where(eq(attempts.runId, runId));
  expect(tried.map((attempt) => attempt.outcome)).toEqual(["failed"]);
}

describe("a poison document", () => {
  it.each([
    ["encrypted.pdf", encryptedPdf, "document_encrypted"],
    ["encrypted.docx", encryptedDocx, "document_encrypted"],
    ["truncated.pdf", truncatedPdf, "document_corrupt"],
    ["truncated.docx", truncatedDocx, "document_corrupt"],
    [textNamedPdf.name, () => textNamedPdf.bytes, "document_type_mismatch"],
    ["bomb.docx", zipBombDocx, "document_too_large"],
    ["lying-bomb.docx", lyingZipBombDocx, "document_too_large"],
    ["nested.pdf", nestedPdf, "document_too_complex"],
    ["deep-tree.pdf", deepPageTreePdf, "document_too_complex"],
    ["scanned.pdf", scannedPdf, "document_without_text"],
  ] as const)("%s ends failed with its own code at the first attempt", async (name, make, code) => {
    const { fileId, runId } = await upload(stack, name, make());
    await failsOnce(fileId, runId, code);
  });

  it("without bytes ends failed too, should one ever get past the door", async () => {
    const { url } = await stack.runtime.blob.putOriginal({
      pathname: "files/empty",
      body: Readable.from([]),
      mediaType: "text/plain",
    });
    const { fileId, runId } = await acceptFile(stack.runtime, {
      project: stack.project,
      name: "empty.txt",
      contentHash: sha256Hex(""),
      bytes: 0,
      mediaType: "text/plain",
      blobUrl: url,
      receivedAt: new Date(),
    });
    await failsOnce(fileId, runId, "document_empty");
  });

  it("does no harm to documents that are ingested at the same time", async () => {
    const [good, ...bad] = await Promise.all([
      upload(stack, "good.md", "# Good\n\nThis one is fine."),
      upload(stack, "bomb-2.docx", Buffer.concat([zipBombDocx(), Buffer.from("\n")])),
      upload(stack, "nested-2.pdf", nestedPdf(1200)),
      upload(stack, "truncated-2.pdf", Buffer.concat([truncatedPdf(), Buffer.from("x")])),
    ]);
    for (const { fileId } of bad) expect(await ended(stack, fileId)).toMatchObject({ status: "failed" });
    expect(await ended(stack, good.fileId)).toMatchObject({ status: "succeeded" });
  });

  it("is filed with its dead letter when its own message brought it", async () => {
    const { fileId, runId } = await upload(
      stack,
      "dead.pdf",
      Buffer.concat([truncatedPdf(), Buffer.from("y")]),
    );
    await ended(stack, fileId);
    await expect
      .poll(async () => (await stepsOf(stack, runId))[0]?.dlqId ?? "", { timeout: 10_000 })
      .not.toBe("");
  });
});
