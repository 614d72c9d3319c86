import { after } from "next/server";
import { createUploadApi } from "../../../api/create-upload-api.ts";
import { getRuntime } from "../../../runtime.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";
/** In s; a large file over a slow line. */
export const maxDuration = 300;

/** Receives files: whole in a form, or by the client-upload protocol of @vercel/blob. */
export function POST(request: Request): Response | Promise<Response> {
  const ctx = getRuntime();
  after(() => ctx.telemetry.flush());
  return createUploadApi(ctx).fetch(request);
}
