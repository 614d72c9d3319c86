import { type Context, Hono } from "hono";
import { z } from "zod";
import { authorize, requireServer } from "../authorize.ts";
import { badRequest, notFound, notSpoken } from "../blob-error.ts";
import { headAnswer, listEntry, pathnameOf, putAnswer } from "../blob-urls.ts";
import { completeBody, type Multipart } from "../multipart.ts";
import { type BlobContext, putBlob, refuseReplacing } from "../put-blob.ts";
import { readWriteRequest } from "../write-request.ts";

const deleteBody = z.object({ urls: z.array(z.string()) });
const listQuery = z.object({
  prefix: z.string().default(""),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
  mode: z.enum(["expanded", "folded"]).default("expanded"),
});

/** What the SDK calls below VERCEL_BLOB_API_URL. */
export function apiRoutes(blobs: BlobContext, multipart: Multipart): Hono {
  const caller = (context: Context) => authorize(context.req.raw, blobs.token, blobs.clock.now());
  const app = new Hono();

  app.put("/", async (context) => {
    const request = readWriteRequest(context.req.raw, caller(context));
    const fromUrl = context.req.query("fromUrl");
    if (fromUrl !== undefined) {
      requireServer(caller(context));
      return context.json(await copyBlob(context, blobs, fromUrl));
    }
    // Refused before a byte is read; asked again when the bytes are there.
    if (!request.addRandomSuffix) refuseReplacing(await blobs.store.find(request.pathname), request);
    const file = await blobs.files.write(bodyOf(context), request.maximumSizeInBytes);
    const blob = await putBlob(blobs, request, file, originOf(context));
    return context.json(putAnswer(blob, originOf(context)));
  });

  app.get("/", async (context) => {
    requireServer(caller(context));
    const url = context.req.query("url");
    return context.json(url === undefined ? await list(context, blobs) : await head(context, blobs, url));
  });

  app.post("/delete", async (context) => {
    requireServer(caller(context));
    const { urls } = await readJson(context, deleteBody);
    const ifMatch = context.req.header("x-if-match");
    for (const pathname of urls.map(pathnameOf)) {
      if (ifMatch !== undefined) {
        refuseReplacing(await blobs.store.find(pathname), { allowOverwrite: true, ifMatch });
      }
      const removed = await blobs.store.remove(pathname);
      if (removed) await blobs.files.discard(removed.fileId);
    }
    return context.json(null);
  });

  app.post("/mpu", async (context) => {
    const request = readWriteRequest(context.req.raw, caller(context));
    const header = (name: string) => context.req.header(name) ?? "";
    switch (header("x-mpu-action")) {
      case "create":
        return context.json(await multipart.create(request));
      case "upload": {
        const partNumber = Number(header("x-mpu-part-number"));
        if (!Number.isInteger(partNumber) || partNumber < 1) throw badRequest("the part number is missing");
        const uploadId = header("x-mpu-upload-id");
        return context.json({
          etag: await multipart.addPart(uploadId, partNumber, request, bodyOf(context)),
        });
      }
      case "complete": {
        const parts = await readJson(context, completeBody);
        const blob = await multipart.complete(header("x-mpu-upload-id"), parts, request, originOf(context));
        return context.json(putAnswer(blob, originOf(context)));
      }
      default:
        throw notSpoken("this multipart action");
    }
  });

  app.all("*", (context) => {
    throw notSpoken(`${context.req.method} ${context.req.path}`);
  });
  return app;
}

async function head(context: Context, blobs: BlobContext, url: string) {
  const blob = await blobs.store.find(pathnameOf(url));
  if (!blob) throw notFound();
  await blobs.count("simple_operations", 1);
  return headAnswer(blob, originOf(context));
}

async function list(context: Context, blobs: BlobContext) {
  const query = listQuery.safeParse(context.req.query());
  if (!query.success) throw badRequest(z.prettifyError(query.error));
  const { prefix, cursor, limit, mode } = query.data;
  const after = cursor === undefined ? "" : Buffer.from(cursor, "base64url").toString();
  const found = await blobs.store.list({ prefix, after, limit: limit + 1, flat: mode === "folded" });
  await blobs.count("advanced_operations", 1);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const hasMore = found.length > limit;
  return {
    blobs: page.map((blob) => listEntry(blob, originOf(context))),
    hasMore,
    ...(hasMore && last && { cursor: Buffer.from(last.pathname).toString("base64url") }),
    ...(mode === "folded" && { folders: cursor === undefined ? await blobs.store.folders(prefix) : [] }),
  };
}

async function copyBlob(context: Context, blobs: BlobContext, fromUrl: string) {
  const source = await blobs.store.find(pathnameOf(fromUrl));
  if (!source) throw notFound();
  const request = readWriteRequest(context.req.raw, { kind: "server" });
  const contentType = context.req.header("x-content-type") ?? source.contentType;
  const fileId = await blobs.files.copy(source.fileId);
  const file = { fileId, sizeBytes: source.sizeBytes, etag: source.etag };
  const blob = await putBlob(blobs, { ...request, contentType }, file, originOf(context));
  return putAnswer(blob, originOf(context));
}

async function* bodyOf(context: Context): AsyncGenerator<Uint8Array> {
  const reader = context.req.raw.body?.getReader();
  if (!reader) return;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

async function readJson<Schema extends z.ZodType>(
  context: Context,
  schema: Schema,
): Promise<z.output<Schema>> {
  const parsed = schema.safeParse(await context.req.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  throw badRequest(z.prettifyError(parsed.error));
}

function originOf(context: Context): string {
  return new URL(context.req.url).origin;
}
