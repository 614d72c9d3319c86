import { Readable } from "node:stream";
import { type Context, Hono } from "hono";
import { authorize, requireServer } from "../authorize.ts";
import { notFound } from "../blob-error.ts";
import { contentDisposition, pathnameOf } from "../blob-urls.ts";
import type { StoredBlob } from "../entities.ts";
import type { BlobContext } from "../put-blob.ts";

/** GET and HEAD of a blob's URL, whole or a range of it; a private one asks for the read-write token. */
export function downloadRoutes(blobs: BlobContext): Hono {
  const app = new Hono();
  app.get("/files/*", async (context) => {
    const blob = await blobs.store.find(pathnameOf(context.req.url));
    if (blob?.access !== "public") requireServer(authorize(context.req.raw, blobs.token, blobs.clock.now()));
    if (!blob) throw notFound();
    await blobs.count("simple_operations", 1);
    return answer(context, blobs, blob);
  });
  return app;
}

async function answer(context: Context, blobs: BlobContext, blob: StoredBlob): Promise<Response> {
  const disposition = context.req.query("download") === "1" ? "attachment" : "inline";
  const headers = {
    "content-type": blob.contentType,
    "content-disposition": contentDisposition(blob.pathname, disposition),
    "cache-control": blob.cacheControl,
    "last-modified": blob.uploadedAt.toUTCString(),
    etag: blob.etag,
    "accept-ranges": "bytes",
    // What a stranger uploaded must not run as a page of this origin.
    "content-security-policy": "default-src 'none'",
    "x-content-type-options": "nosniff",
  };
  if (context.req.header("if-none-match") === blob.etag) return context.body(null, 304, headers);
  const range = readRange(context.req.header("range"), blob.sizeBytes);
  if (range === "unsatisfiable") {
    return context.body(null, 416, { "content-range": `bytes */${blob.sizeBytes}` });
  }
  const length = range ? range.end - range.start + 1 : blob.sizeBytes;
  const status = range ? 206 : 200;
  const sized = {
    ...headers,
    "content-length": String(length),
    ...(range && { "content-range": `bytes ${range.start}-${range.end}/${blob.sizeBytes}` }),
  };
  if (context.req.method === "HEAD") return context.body(null, status, sized);
  await blobs.count("bytes_read", length);
  const bytes = Readable.toWeb(blobs.files.read(blob.fileId, range), { type: "bytes" });
  return new Response(toBody(bytes), { status, headers: sized });
}

/** Node types its web streams apart from the DOM's, though they are the same class. */
function toBody(stream: ReturnType<typeof Readable.toWeb>): ReadableStream {
  if (stream instanceof ReadableStream) return stream;
  throw new TypeError("Node's web stream is not a ReadableStream.");
}

/** One range of a `Range` header; several, or another unit, are ignored as HTTP allows. */
function readRange(
  header: string | undefined,
  sizeBytes: number,
): { start: number; end: number } | "unsatisfiable" | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  const [, from = "", to = ""] = match ?? [];
  if (!match || (from === "" && to === "")) return undefined;
  const start = from === "" ? Math.max(0, sizeBytes - Number(to)) : Number(from);
  const end = from === "" || to === "" ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  return start > end ? "unsatisfiable" : { start, end };
}
