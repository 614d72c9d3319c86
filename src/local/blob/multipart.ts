import type { Pool } from "pg";
import { z } from "zod";
import { newSecret } from "../../kernel/ids.ts";
import { badRequest, notFound, tooLarge } from "./blob-error.ts";
import type { WrittenFile } from "./byte-files.ts";
import type { StoredBlob, WriteRequest } from "./entities.ts";
import { type BlobContext, putBlob } from "./put-blob.ts";

/** An upload that nobody finished is given up after this time. */
const abandonedAfterMs = 24 * 60 * 60 * 1000;

/** The parts that the client says make up the blob. */
export const completeBody = z
  .array(z.object({ partNumber: z.number().int().min(1), etag: z.string() }))
  .min(1);

/** Blobs that arrive in parts. */
export interface Multipart {
  create(request: WriteRequest): Promise<{ uploadId: string; key: string }>;
  /** Keeps one part; a part sent again replaces the earlier one. @throws BlobError */
  addPart(
    uploadId: string,
    partNumber: number,
    request: WriteRequest,
    body: AsyncIterable<Uint8Array>,
  ): Promise<string>;
  /** Joins the parts, in the order of their numbers. @throws BlobError when one is missing or differs */
  complete(
    uploadId: string,
    parts: z.output<typeof completeBody>,
    request: WriteRequest,
    origin: string,
  ): Promise<StoredBlob>;
  /** Forgets uploads that were begun long ago. */
  forgetAbandoned(): Promise<void>;
}

const partRow = z.object({
  part_number: z.number(),
  file_id: z.string(),
  size_bytes: z.coerce.number(),
  etag: z.string(),
});

/** Multipart uploads over the schema `blob`. */
export function createMultipart(pool: Pool, context: BlobContext): Multipart {
  const { files, clock } = context;
  const partsOf = async (uploadId: string, pathname: string) => {
    const begun = await pool.query(
      "SELECT 1 FROM blob.multipart_uploads WHERE upload_id = $1 AND request->>'pathname' = $2",
      [uploadId, pathname],
    );
    if (begun.rowCount === 0) throw notFound();
    const { rows } = await pool.query("SELECT * FROM blob.multipart_parts WHERE upload_id = $1", [uploadId]);
    return new Map(
      z
        .array(partRow)
        .parse(rows)
        .map((row) => [row.part_number, row]),
    );
  };

  return {
    async create(request) {
      const uploadId = newSecret("mpu");
      await pool.query("INSERT INTO blob.multipart_uploads VALUES ($1, $2, $3)", [
        uploadId,
        JSON.stringify(request),
        clock.now(),
      ]);
      await context.count("advanced_operations", 1);
      return { uploadId, key: request.pathname };
    },
    async addPart(uploadId, partNumber, request, body) {
      const earlier = (await partsOf(uploadId, request.pathname)).get(partNumber);
      const file = await files.write(body, request.maximumSizeInBytes);
      await pool.query(
        `INSERT INTO blob.multipart_parts VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (upload_id, part_number) DO UPDATE
           SET file_id = excluded.file_id, size_bytes = excluded.size_bytes, etag = excluded.etag`,
        [uploadId, partNumber, file.fileId, file.sizeBytes, file.etag],
      );
      if (earlier) await files.discard(earlier.file_id);
      await context.count("advanced_operations", 1);
      return file.etag;
    },
    async complete(uploadId, parts, request, origin) {
      const stored = await partsOf(uploadId, request.pathname);
      const ordered = [...parts]
        .sort((a, b) => a.partNumber - b.partNumber)
        .map((part) => {
          const found = stored.get(part.partNumber);
          if (!found || found.etag !== part.etag)
            throw badRequest(`part ${part.partNumber} was not uploaded`);
          return found;
        });
      const sizeBytes = ordered.reduce((sum, part) => sum + part.size_bytes, 0);
      if (sizeBytes > request.maximumSizeInBytes) throw tooLarge(request.maximumSizeInBytes);
      const file: WrittenFile = await files.write(
        joined(ordered.map((part) => part.file_id)),
        request.maximumSizeInBytes,
      );
      const blob = await putBlob(context, request, file, origin);
      await forget(
        uploadId,
        [...stored.values()].map((part) => part.file_id),
      );
      return blob;
    },
    async forgetAbandoned() {
      const before = new Date(clock.now().getTime() - abandonedAfterMs);
      await pool.query("DELETE FROM blob.multipart_uploads WHERE started_at < $1", [before]);
    },
  };

  async function forget(uploadId: string, fileIds: readonly string[]): Promise<void> {
    await pool.query("DELETE FROM blob.multipart_uploads WHERE upload_id = $1", [uploadId]);
    for (const fileId of fileIds) await files.discard(fileId);
  }

  async function* joined(fileIds: readonly string[]): AsyncGenerator<Uint8Array> {
    for (const fileId of fileIds) yield* files.readWritten(fileId);
  }
}
