import type { Pool, PoolClient } from "pg";
import { z } from "zod";
import { inTransaction } from "../kit/database.ts";
import type { StoredBlob } from "./entities.ts";

const rowSchema = z
  .object({
    pathname: z.string(),
    file_id: z.string(),
    size_bytes: z.coerce.number(),
    content_type: z.string(),
    cache_control: z.string(),
    access: z.enum(["public", "private"]),
    etag: z.string(),
    uploaded_at: z.date(),
  })
  .transform(
    (row): StoredBlob => ({
      pathname: row.pathname,
      fileId: row.file_id,
      sizeBytes: row.size_bytes,
      contentType: row.content_type,
      cacheControl: row.cache_control,
      access: row.access,
      etag: row.etag,
      uploadedAt: row.uploaded_at,
    }),
  );

/** What the store holds, by pathname. */
export interface BlobStore {
  find(pathname: string): Promise<StoredBlob | undefined>;
  /** Blobs after a pathname, in order; `flat` leaves out what lies in folders below the prefix. */
  list(input: { prefix: string; after: string; limit: number; flat: boolean }): Promise<StoredBlob[]>;
  /** The folders directly below a prefix, each with a slash at its end. */
  folders(prefix: string): Promise<string[]>;
  /**
   * Puts a blob in place of what was there. `mayReplace` decides under a lock on the pathname, so of two
   * uploads at once that forbid overwriting one is refused.
   * @returns the file that is no longer needed
   * @throws what `mayReplace` throws
   */
  put(
    blob: StoredBlob,
    options: {
      mayReplace: (before: StoredBlob | undefined) => void;
      callback: { url: string; body: string } | undefined;
    },
  ): Promise<{ replacedFileId: string | undefined; callbackId: string | undefined }>;
  /** @returns what was there */
  remove(pathname: string): Promise<StoredBlob | undefined>;
  /** Every file that is part of the store or of an upload under way. */
  fileIds(): Promise<Set<string>>;
}

/** The store over the schema `blob` of a database. */
export function createBlobStore(pool: Pool): BlobStore {
  return {
    find: (pathname) => findBlob(pool, pathname),
    async list({ prefix, after, limit, flat }) {
      const { rows } = await pool.query(
        `SELECT * FROM blob.blobs
         WHERE starts_with(pathname, $1) AND pathname > $2
           AND (NOT $4 OR strpos(substr(pathname, length($1) + 1), '/') = 0)
         ORDER BY pathname LIMIT $3`,
        [prefix, after, limit, flat],
      );
      return z.array(rowSchema).parse(rows);
    },
    async folders(prefix) {
      const { rows } = await pool.query<{ folder: string }>(
        `SELECT DISTINCT $1 || split_part(substr(pathname, length($1) + 1), '/', 1) || '/' AS folder
         FROM blob.blobs
         WHERE starts_with(pathname, $1) AND strpos(substr(pathname, length($1) + 1), '/') > 0
         ORDER BY folder`,
        [prefix],
      );
      return rows.map((row) => row.folder);
    },
    put: (blob, options) => inTransaction(pool, (client) => putBlob(client, blob, options)),
    async remove(pathname) {
      const { rows } = await pool.query("DELETE FROM blob.blobs WHERE pathname = $1 RETURNING *", [pathname]);
      return z.array(rowSchema).parse(rows)[0];
    },
    async fileIds() {
      const { rows } = await pool.query<{ file_id: string }>(
        "SELECT file_id FROM blob.blobs UNION ALL SELECT file_id FROM blob.multipart_parts",
      );
      return new Set(rows.map((row) => row.file_id));
    },
  };
}

const putBlob = async (
  client: PoolClient,
  blob: StoredBlob,
  { mayReplace, callback }: Parameters<BlobStore["put"]>[1],
) => {
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [blob.pathname]);
  const before = await findBlob(client, blob.pathname);
  mayReplace(before);
  await client.query(
    `INSERT INTO blob.blobs VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (pathname) DO UPDATE SET file_id = excluded.file_id, size_bytes = excluded.size_bytes,
       content_type = excluded.content_type, cache_control = excluded.cache_control,
       access = excluded.access, etag = excluded.etag, uploaded_at = excluded.uploaded_at`,
    [
      blob.pathname,
      blob.fileId,
      blob.sizeBytes,
      blob.contentType,
      blob.cacheControl,
      blob.access,
      blob.etag,
      blob.uploadedAt,
    ],
  );
  if (!callback) return { replacedFileId: before?.fileId, callbackId: undefined };
  const { rows } = await client.query<{ id: string }>(
    "INSERT INTO blob.callbacks (url, body) VALUES ($1, $2) RETURNING id",
    [callback.url, callback.body],
  );
  return { replacedFileId: before?.fileId, callbackId: rows[0]?.id };
};

async function findBlob(client: Pool | PoolClient, pathname: string): Promise<StoredBlob | undefined> {
  const { rows } = await client.query("SELECT * FROM blob.blobs WHERE pathname = $1", [pathname]);
  return z.array(rowSchema).parse(rows)[0];
}
