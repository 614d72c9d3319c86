import type { Pool } from "pg";
import { z } from "zod";
import type { VectorRecord } from "./entities.ts";
import { measure } from "./similarity.ts";
import { sparseFromBytes, sparseToBytes } from "./sparse/sparse-vector.ts";

const loadBatch = 2000;
const rowSchema = z.object({
  namespace: z.string(),
  namespace_number: z.number(),
  id: z.string(),
  ordinal: z.coerce.number(),
  vector: z.instanceof(Uint8Array).nullable(),
  sparse: z.instanceof(Uint8Array).nullable(),
  metadata: z.record(z.string(), z.unknown()).nullable(),
  data: z.string().nullable(),
});

/**
 * Writes records whole, in one statement, into a namespace that is there. Ids must be distinct and the dense
 * vectors of one length.
 */
export async function writeRecords(
  pool: Pool,
  { index, namespace }: { index: string; namespace: string },
  records: readonly VectorRecord[],
): Promise<void> {
  // One binary value for all dense vectors: as an array they would travel as twice as much text.
  const vectors = records.flatMap(({ measured }) => (measured ? [bytesOf(measured.vector)] : []));
  await pool.query(
    `INSERT INTO vector.records (namespace_number, id, ordinal, vector, sparse, metadata, data)
     SELECT (SELECT number FROM vector.namespaces WHERE index_name = $1 AND name = $2), id, ordinal,
       CASE WHEN $4 > 0 THEN substr($3::bytea, ((n - 1) * $4::int)::int + 1, $4::int) END,
       sparse, metadata::json, data
     FROM unnest($5::text[], $6::bigint[], $7::bytea[], $8::text[], $9::text[])
       WITH ORDINALITY AS t (id, ordinal, sparse, metadata, data, n)
     ON CONFLICT (namespace_number, id) DO UPDATE
       SET vector = excluded.vector, sparse = excluded.sparse, metadata = excluded.metadata, data = excluded.data`,
    [
      index,
      namespace,
      Buffer.concat(vectors),
      vectors[0]?.byteLength ?? 0,
      records.map((record) => record.id),
      records.map((record) => record.ordinal),
      records.map((record) => (record.sparse ? sparseToBytes(record.sparse) : null)),
      records.map((record) => (record.metadata ? JSON.stringify(record.metadata) : null)),
      records.map((record) => record.data ?? null),
    ],
  );
}

/** Deletes the records of these ids from a namespace. */
export async function deleteRecords(
  pool: Pool,
  { index, namespace }: { index: string; namespace: string },
  ids: readonly string[],
): Promise<void> {
  await pool.query(
    `DELETE FROM vector.records WHERE id = ANY($3) AND namespace_number =
       (SELECT number FROM vector.namespaces WHERE index_name = $1 AND name = $2)`,
    [index, namespace, ids],
  );
}

/** Deletes the records of a namespace, or of all of them. */
export async function deleteAllRecords(
  pool: Pool,
  index: string,
  namespace: string | undefined,
): Promise<void> {
  await pool.query(
    `DELETE FROM vector.records WHERE namespace_number IN (SELECT number FROM vector.namespaces
       WHERE index_name = $1 AND ($2::text IS NULL OR name = $2))`,
    [index, namespace ?? null],
  );
}

/** All records of an index, namespace by namespace in the order of insertion, in pages. */
export async function* readRecords(
  pool: Pool,
  index: string,
): AsyncGenerator<{ namespace: string; record: VectorRecord }> {
  let after = { number: 0, ordinal: -1 };
  for (;;) {
    const { rows } = await pool.query(
      `SELECT name AS namespace, namespace_number, id, ordinal, vector, sparse, metadata, data
       FROM vector.records JOIN vector.namespaces ON number = namespace_number
       WHERE index_name = $1 AND (namespace_number, ordinal) > ($2, $3)
       ORDER BY namespace_number, ordinal LIMIT $4`,
      [index, after.number, after.ordinal, loadBatch],
    );
    for (const row of z.array(rowSchema).parse(rows)) {
      yield { namespace: row.namespace, record: toRecord(row) };
      after = { number: row.namespace_number, ordinal: row.ordinal };
    }
    if (rows.length < loadBatch) return;
  }
}

function toRecord(row: z.output<typeof rowSchema>): VectorRecord {
  return {
    id: row.id,
    ordinal: row.ordinal,
    // Copied, because the driver's buffer need not be aligned to four bytes.
    measured: row.vector ? measure(new Float32Array(new Uint8Array(row.vector).buffer)) : undefined,
    sparse: row.sparse ? sparseFromBytes(row.sparse) : undefined,
    metadata: row.metadata ?? undefined,
    data: row.data ?? undefined,
  };
}

function bytesOf(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}
