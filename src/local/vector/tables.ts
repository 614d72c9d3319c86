import type { Pool, PoolClient } from "pg";
import { z } from "zod";
import type { VectorRecord } from "./entities.ts";
import { measure } from "./similarity.ts";

const loadBatch = 2000;
const rowSchema = z.object({
  namespace: z.string(),
  id: z.string(),
  ordinal: z.coerce.number(),
  vector: z.instanceof(Uint8Array),
  metadata: z.record(z.string(), z.unknown()).nullable(),
  data: z.string().nullable(),
});

/** The tables of the stand-in, version by version. */
export const migrations = [
  `CREATE TABLE vector.namespaces (name text PRIMARY KEY);
   INSERT INTO vector.namespaces VALUES ('');
   CREATE TABLE vector.records (
     namespace text NOT NULL REFERENCES vector.namespaces ON DELETE CASCADE,
     id text NOT NULL,
     ordinal bigint NOT NULL,
     vector bytea STORAGE EXTERNAL NOT NULL,
     metadata json,
     data text,
     PRIMARY KEY (namespace, id)
   );
   CREATE UNIQUE INDEX records_in_order ON vector.records (namespace, ordinal);`,
] as const;

/** Writes records whole, in one statement. Ids must be distinct and the vectors of one length. */
export async function writeRecords(
  client: Pool | PoolClient,
  namespace: string,
  records: readonly VectorRecord[],
): Promise<void> {
  await client.query(
    `INSERT INTO vector.records (namespace, id, ordinal, vector, metadata, data)
     SELECT $1, id, ordinal, substr($2::bytea, ((n - 1) * $3::int)::int + 1, $3::int), metadata::json, data
     FROM unnest($4::text[], $5::bigint[], $6::text[], $7::text[])
       WITH ORDINALITY AS t (id, ordinal, metadata, data, n)
     ON CONFLICT (namespace, id)
       DO UPDATE SET vector = excluded.vector, metadata = excluded.metadata, data = excluded.data`,
    [
      namespace,
      Buffer.concat(records.map(({ measured }) => bytesOf(measured.vector))),
      records[0]?.measured.vector.byteLength ?? 0,
      records.map((record) => record.id),
      records.map((record) => record.ordinal),
      records.map((record) => (record.metadata ? JSON.stringify(record.metadata) : null)),
      records.map((record) => record.data ?? null),
    ],
  );
}

/** All records, namespace by namespace in the order of insertion, in pages. */
export async function* readRecords(pool: Pool): AsyncGenerator<{ namespace: string; record: VectorRecord }> {
  let after = { namespace: "", ordinal: -1 };
  for (;;) {
    const { rows } = await pool.query(
      `SELECT namespace, id, ordinal, vector, metadata, data FROM vector.records
       WHERE (namespace, ordinal) > ($1, $2) ORDER BY namespace, ordinal LIMIT $3`,
      [after.namespace, after.ordinal, loadBatch],
    );
    for (const row of z.array(rowSchema).parse(rows)) {
      yield { namespace: row.namespace, record: toRecord(row) };
      after = { namespace: row.namespace, ordinal: row.ordinal };
    }
    if (rows.length < loadBatch) return;
  }
}

function toRecord(row: z.output<typeof rowSchema>): VectorRecord {
  // Copied, because the driver's buffer need not be aligned to four bytes.
  const vector = new Float32Array(new Uint8Array(row.vector).buffer);
  return {
    id: row.id,
    ordinal: row.ordinal,
    measured: measure(vector),
    metadata: row.metadata ?? undefined,
    data: row.data ?? undefined,
  };
}

function bytesOf(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}
