import { type HandleUploadBody, handleUpload } from "@vercel/blob/client";
import { z } from "zod";
import { WaybillError } from "../../kernel/errors.ts";
import { beginUpload, newUploadSchema } from "../../pipeline/files/begin-upload.ts";
import { completeUpload } from "../../pipeline/files/complete-upload.ts";
import type { ApiContext } from "../context.ts";
import { malformedRequest } from "../malformed-request.ts";

const tokenLifetimeMs = 3_600_000;

const tokenRequest = z.object({
  type: z.literal("blob.generate-client-token"),
  payload: z.object({
    pathname: z.string().min(1).max(900),
    clientPayload: z.string().max(4_096),
    multipart: z.boolean().default(false),
  }),
});

const completion = z.object({
  type: z.literal("blob.upload-completed"),
  payload: z.object({ blob: z.object({ url: z.url(), pathname: z.string() }), tokenPayload: z.string() }),
});

const tokenPayloadSchema = z.object({ uploadId: z.string() });

/** What Blob's client protocol sends us. */
export const clientEventType = z.object({
  type: z.enum(["blob.generate-client-token", "blob.upload-completed"]),
});

/**
 * Gives a browser a token with which it may send one file of limited size to one pathname.
 * @throws WaybillError malformed_request, project_not_found
 */
export async function giveClientToken(ctx: ApiContext, request: Request, body: unknown): Promise<unknown> {
  const sent = tokenRequest.safeParse(body);
  if (!sent.success) throw malformedRequest(sent.error);
  const { pathname, clientPayload, multipart } = sent.data.payload;
  const upload = newUploadSchema.safeParse(parseJson(clientPayload));
  if (!upload.success) throw malformedRequest(upload.error);
  await beginUpload(ctx, { ...upload.data, pathname, inParts: multipart });
  return handleUpload({
    token: ctx.env.BLOB_READ_WRITE_TOKEN,
    request,
    body: { type: sent.data.type, payload: { pathname, clientPayload, multipart } },
    onBeforeGenerateToken: async () => ({
      maximumSizeInBytes: ctx.env.WAYBILL_MAX_UPLOAD_BYTES,
      addRandomSuffix: false,
      // Once stored, an original must not change under the pipeline's hands.
      allowOverwrite: false,
      validUntil: ctx.clock.now().getTime() + tokenLifetimeMs,
      callbackUrl: `${ctx.env.WAYBILL_URL}/api/upload`,
      tokenPayload: JSON.stringify({ uploadId: upload.data.uploadId }),
    }),
    // Its presence makes the SDK ask Blob for the report; the report is handled below.
    onUploadCompleted: async () => undefined,
  });
}

/**
 * Blob's report that a browser has sent a file; signed with our token.
 * @throws WaybillError signature_invalid, malformed_request, upload_not_found, provider_*
 */
export async function takeCompletion(ctx: ApiContext, request: Request, body: unknown): Promise<unknown> {
  if (!isClientEvent(body)) throw unsigned();
  const answer = await verify(ctx, request, body);
  const sent = completion.safeParse(body);
  if (!sent.success) throw malformedRequest(sent.error);
  const { blob, tokenPayload } = sent.data.payload;
  const known = tokenPayloadSchema.safeParse(parseJson(tokenPayload));
  if (!known.success) throw malformedRequest(known.error);
  await completeUpload(ctx, { uploadId: known.data.uploadId, url: blob.url });
  return answer;
}

/** The SDK checks the signature over the body as it was parsed, so the body must reach it untouched. */
async function verify(ctx: ApiContext, request: Request, body: HandleUploadBody): Promise<unknown> {
  try {
    return await handleUpload({
      token: ctx.env.BLOB_READ_WRITE_TOKEN,
      request,
      body,
      onBeforeGenerateToken: () => Promise.reject(unsigned()),
      onUploadCompleted: async () => undefined,
    });
  } catch (error) {
    throw unsigned(error);
  }
}

/** Nothing in it is used before the signature was verified and its shape was read. */
function isClientEvent(body: unknown): body is HandleUploadBody {
  return clientEventType.safeParse(body).success;
}

function unsigned(cause?: unknown): WaybillError {
  return new WaybillError("signature_invalid", {
    message: "The request is not signed by the Blob store of this deployment.",
    cause,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
