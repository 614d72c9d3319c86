import { z } from "zod";
import { type Clock, systemClock } from "../../kernel/clock.ts";
import { errorCodes } from "../../kernel/error-codes.ts";
import { uploadViewSchema } from "../../pipeline/files/upload-view.ts";
import { getJson, readAfresh, sendJson } from "../api-client.ts";
import { ApiError } from "../api-error.ts";
import type { UploadPhase } from "./upload.model.ts";
import { newUploadId } from "./upload-id.ts";

const multipartFromBytes = 10 * 1024 * 1024;
const waitForVerdictMs = 120_000;
const clientToken = z.object({ clientToken: z.string() });

/**
 * Sends a file straight to Blob with a token of ours, then waits for the verdict of the server that Blob calls
 * back. Reports each phase; never rejects: what goes wrong is the phase `refused`.
 */
export async function sendUpload(
  file: File,
  project: string,
  report: (phase: UploadPhase) => void,
): Promise<void> {
  report({ kind: "sending", share: 0 });
  try {
    const uploadId = newUploadId(systemClock.now());
    await sendToBlob(file, project, uploadId, (share) => report({ kind: "sending", share }));
    report({ kind: "checking" });
    const verdict = await verdictOf(uploadId, systemClock);
    readAfresh();
    report(verdict);
  } catch (error) {
    report(refusalOf(error));
  }
}

// The token is fetched here and not by the SDK's upload(), which reduces our typed refusals to one sentence.
async function sendToBlob(
  file: File,
  project: string,
  uploadId: string,
  onShare: (share: number) => void,
): Promise<void> {
  const pathname = `uploads/${uploadId}/${plainName(file.name)}`;
  const multipart = file.size > multipartFromBytes;
  const clientPayload = JSON.stringify({ project, name: file.name, uploadId });
  const { clientToken: token } = await sendJson(
    "POST",
    "/api/upload",
    { type: "blob.generate-client-token", payload: { pathname, clientPayload, multipart } },
    clientToken,
  );
  // Loaded by the first upload: it is larger than most pages.
  const { put } = await import("@vercel/blob/client");
  await put(pathname, file, {
    access: "private",
    token,
    multipart,
    contentType: file.type || "application/octet-stream",
    onUploadProgress: ({ percentage }) => onShare(percentage / 100),
  });
}

/** The name as a part of an address; the true one travels beside it. */
function plainName(name: string): string {
  return name.replace(/[^\w.-]+/g, "-").slice(-100);
}

async function verdictOf(uploadId: string, clock: Clock): Promise<UploadPhase> {
  const until = clock.monotonicMs() + waitForVerdictMs;
  for (let delayMs = 150; clock.monotonicMs() < until; delayMs = Math.min(delayMs * 1.5, 2_000)) {
    const upload = await getJson(`/api/v1/uploads/${uploadId}`, uploadViewSchema);
    if (upload.file) return { kind: "accepted", file: upload.file };
    if (upload.error) {
      return { kind: "refused", code: upload.error.code, sentence: upload.error.message };
    }
    await clock.wait(delayMs);
  }
  throw new ApiError(
    "unreachable",
    0,
    "The file was sent, but the server has not confirmed it for two minutes. Look into the list before you send it again.",
  );
}

function refusalOf(error: unknown): UploadPhase {
  if (error instanceof ApiError) return { kind: "refused", code: error.code, sentence: error.message };
  const said = error instanceof Error ? error.message : "";
  if (/too large|maximum/i.test(said)) {
    return { kind: "refused", code: "file_too_large", sentence: errorCodes.file_too_large.sentence };
  }
  return { kind: "refused", code: "upload_incomplete", sentence: errorCodes.upload_incomplete.sentence };
}
